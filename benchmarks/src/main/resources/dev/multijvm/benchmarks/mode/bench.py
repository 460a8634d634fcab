"""The Python modes: the same tasks as in Java, run by Python's own means.

Each line of standard input is a request in JSON, each line of standard output its reply:

    {"open": "serial" | "threads" | "processes", "workers": 2}    {}
    {"run": [["squares", 1, 10], ...]}                            {"answers": [385, ...], "nanos": 1234}
    {"close": true}                                               {}

`nanos` is the time from handing the tasks over until all answers are there, by the clock in here,
or a list of such times where one task was many operations.
There may also be "each", a list of the nanoseconds of the parts of it, and "told", numbers by name.
A reply {"error": "..."} says what went wrong. The end of standard input ends the program.
"""

import json
import multiprocessing
import os
import queue
import sys
import threading
import time
import traceback
import zlib
from array import array
from multiprocessing.pool import ThreadPool

CAPACITY = 1024


# What tasks of one pool share. Children get it when they start, as Python's manual says.

class SharedByThreads:
    def __init__(self):
        self.lock = threading.Lock()
        self.value_lock = threading.Lock()
        self.value = Number()
        self.room = Number()
        self.queues = {"bounded": queue.Queue(CAPACITY), "growing": queue.Queue()}


class SharedByProcesses:
    def __init__(self):
        self.lock = multiprocessing.Lock()
        value = multiprocessing.Value("q", 0)
        self.value_lock = value.get_lock()
        self.value = value
        self.room = multiprocessing.RawValue("q", 0)
        self.queues = {
            "bounded": multiprocessing.Queue(CAPACITY),
            "growing": multiprocessing.Queue(),
        }


class Number:
    def __init__(self):
        self.value = 0


shared = None


def share(things):
    global shared
    shared = things


# Tasks, by the names that the kernels have in Java.

def counting_loop(steps):
    count = 0
    for _ in range(steps):
        count += 1
    return count


def range_sum(first, last):
    return sum(range(first, last + 1))


def sleep(millis):
    time.sleep(millis / 1000)
    return millis


def squares(first, count):
    total = 0
    for number in range(first, first + count):
        total += number * number
    return total


def file_read(file, _):
    checksum = 0
    with open(file, "rb", buffering=0) as source:
        while piece := source.read(1 << 16):
            checksum = zlib.crc32(piece, checksum)
    return checksum


def thumbnail(file, _):
    from PIL import Image, ImageFilter

    size, fields = 50, 4
    with Image.open(file) as picture:
        small = picture.filter(ImageFilter.GaussianBlur(12)).resize((size, size)).convert("L")
    number = 0
    for bit in range(fields * fields):
        row, column = ((2 * at + 1) * size // (2 * fields) for at in divmod(bit, fields))
        number |= (small.getpixel((column, row)) > 128) << bit
    return number


def lock_turns(rounds, hold_nanos):
    lock, room = shared.lock, shared.room
    alone = 0
    for _ in range(rounds):
        with lock:
            alone += 1 - room.value
            room.value = 1
            if hold_nanos:
                end = time.perf_counter_ns() + hold_nanos
                while time.perf_counter_ns() < end:
                    pass
            room.value = 0
    return alone


def adding(rounds):
    value, lock = shared.value, shared.value_lock
    for _ in range(rounds):
        with lock:
            value.value += 1
    return rounds


def racing(rounds):
    value = shared.value
    for _ in range(rounds):
        value.value += 1
    return rounds


def producer(kind, count):
    put = shared.queues[kind].put
    for number in range(count):
        put(number)
    return count


def consumer(kind, count):
    get = shared.queues[kind].get
    total = 0
    for _ in range(count):
        total += get()
    return total


TASKS = {
    "counting-loop": counting_loop,
    "range-sum": range_sum,
    "sleep": sleep,
    "squares": squares,
    "file-read": file_read,
    "thumbnail": thumbnail,
    "lock-turns": lock_turns,
    "adding": adding,
    "racing": racing,
    "producer": producer,
    "consumer": consumer,
}


def perform(task):
    name, *arguments = task
    return TASKS[name](*arguments)


# Tasks that hand others over themselves, or talk to a process of their own: they run beside the pool.

class Ends:
    """One end of a connection between threads."""

    def __init__(self, incoming, outgoing):
        self.recv_bytes = self.recv = incoming.get
        self.send_bytes = self.send = outgoing.put


def listen(end):
    while True:
        way, count = end.recv()
        if count == 0:
            return
        for _ in range(count):
            message = end.recv_bytes()
            if way == "ROUND_TRIP":
                end.send_bytes(message)
        if way == "ONE_WAY":
            end.send_bytes(b"k")


def peer_thread():
    one, other = queue.Queue(), queue.Queue()
    threading.Thread(target=listen, args=(Ends(one, other),), daemon=True).start()
    return Ends(other, one)


def peer_process():
    here, there = multiprocessing.Pipe()
    multiprocessing.Process(target=listen, args=(there,), daemon=True).start()
    there.close()
    return here


def conversation(pool, way, size, count):
    if pool.peer is None:
        pool.peer = pool.make_peer()
    peer = pool.peer
    message = bytes(size)
    peer.send((way, count))
    if way == "ONE_WAY":
        for _ in range(count):
            peer.send_bytes(message)
        return len(peer.recv_bytes())
    received = 0
    before = time.perf_counter_ns()
    for _ in range(count):
        peer.send_bytes(message)
        received += len(peer.recv_bytes())
        now = time.perf_counter_ns()
        pool.each.append(now - before)
        before = now
    return received


def submit_each(pool, count):
    results = [
        pool.pool.apply_async(perform, (("squares", number, 1),)) for number in range(1, count + 1)
    ]
    return sum(result.get() for result in results)


def ask_each(pool, count):
    ask = pool.pool.apply
    task = ("squares", 1, 1)
    ask(perform, (task,))  # finds the pool asleep, and does not count
    total = 0
    before = time.perf_counter_ns()
    for _ in range(count):
        total += ask(perform, (task,))
        now = time.perf_counter_ns()
        pool.operations.append(now - before)
        before = now
    return total


def square(number):
    return number * number


def square_all(numbers):
    return array("q", [number * number for number in numbers])


parts_of = {}


def parts(count):
    if count not in parts_of:
        numbers, size = range(1, count + 1), 1000
        parts_of[count] = [array("i", numbers[at:at + size]) for at in range(0, count, size)]
    return parts_of[count]


def map_squares(pool, chunk, count, times):
    return sum(squares_by_map(pool, chunk, count) for _ in range(times))


def squares_by_map(pool, chunk, count):
    if chunk == "arrays":
        return sum(sum(part) for part in pool.pool.map(square_all, parts(count)))
    numbers = range(1, count + 1)
    return sum(pool.pool.map(square, numbers, chunksize=1 if chunk == "one" else None))


def filled(size):
    return b"\7" * size


def weight(data):
    return 7 * len(data) + data[-1] if data else 0


payloads = {}


def send_payload(pool, size):
    if size not in payloads:
        payloads[size] = filled(size)
    return pool.pool.apply(weight, (payloads[size],))


def get_payload(pool, size):
    return weight(pool.pool.apply(filled, (size,)))


def start_and_join(pool):
    child = pool.make_child(target=square, args=(1,))
    child.start()
    child.join()
    return 1


BESIDE = {
    "conversation": conversation,
    "submit-each": submit_each,
    "ask-each": ask_each,
    "map-squares": map_squares,
    "send-payload": send_payload,
    "get-payload": get_payload,
    "start-and-join": start_and_join,
}


# Pools.

class Serial:
    def __init__(self, workers):
        self.each = []
        self.operations = []
        share(SharedByThreads())

    def run(self, tasks):
        return [perform(task) for task in tasks]

    def close(self):
        pass


class Pooled:
    def __init__(self, pool, make_peer, make_child):
        self.pool = pool
        self.make_peer = make_peer
        self.make_child = make_child
        self.peer = None
        self.each = []
        self.operations = []

    def run(self, tasks):
        if tasks and tasks[0][0] in BESIDE:
            return [BESIDE[name](self, *arguments) for name, *arguments in tasks]
        if len(tasks) == 1:
            return [self.pool.apply(perform, (tasks[0],))]
        return self.pool.map(perform, tasks, chunksize=1)

    def close(self):
        if self.peer is not None:
            self.peer.send(("", 0))
        self.pool.close()
        self.pool.join()


class Threads(Pooled):
    def __init__(self, workers):
        share(SharedByThreads())
        super().__init__(ThreadPool(workers), peer_thread, threading.Thread)


class Processes(Pooled):
    def __init__(self, workers):
        share(SharedByProcesses())
        pool = multiprocessing.Pool(workers, share, (shared,))
        super().__init__(pool, peer_process, multiprocessing.Process)


POOLS = {"serial": Serial, "threads": Threads, "processes": Processes}


# Requests.

class Bench:
    def __init__(self):
        self.pool = None

    def reply(self, request):
        if "open" in request:
            self.pool = POOLS[request["open"]](request["workers"])
            return {}
        if "close" in request:
            self.pool.close()
            return {}
        return self.run(request["run"])

    def run(self, tasks):
        if not tasks:
            return {}
        before = shared.value.value
        self.pool.each.clear()
        self.pool.operations.clear()
        start = time.perf_counter_ns()
        answers = self.pool.run(tasks)
        nanos = self.pool.operations or time.perf_counter_ns() - start
        reply = {"answers": answers, "nanos": nanos, "each": self.pool.each, "told": {}}
        added = sum(task[1] for task in tasks if task[0] in ("adding", "racing"))
        lost = before + added - shared.value.value
        if any(task[0] == "racing" for task in tasks):
            reply["told"]["lost"] = lost
        elif lost:
            raise ValueError(f"the value grew by {added - lost} instead of {added}")
        return reply


def main():
    # Whatever else prints must not get between the replies.
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    bench = Bench()
    for line in sys.stdin:
        try:
            reply = bench.reply(json.loads(line))
        except Exception:
            reply = {"error": traceback.format_exc()}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
