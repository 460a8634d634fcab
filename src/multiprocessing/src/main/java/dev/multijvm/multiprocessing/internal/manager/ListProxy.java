package dev.multijvm.multiprocessing.internal.manager;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A list in a manager's process. Whatever walks over it walks over a copy, and writes through.
public final class ListProxy<E extends @Nullable Object> extends AbstractList<E>
    implements RandomAccess, Serializable {
  private static final long serialVersionUID = 1L;

  private final RemoteObject remote;

  public ListProxy(RemoteObject remote) {
    this.remote = remote;
  }

  /// The result is of the type that the verb answers, null only if that type says so.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  private <T extends @Nullable Object> T call(ListVerb verb, @Nullable Object... arguments) {
    return (T) remote.call(verb, arguments);
  }

  @Override
  public int size() {
    return this.<Integer>call(ListVerb.SIZE);
  }

  @Override
  public E get(int index) {
    return call(ListVerb.GET, index);
  }

  @Override
  public E getFirst() {
    return call(ListVerb.GET_FIRST);
  }

  @Override
  public E getLast() {
    return call(ListVerb.GET_LAST);
  }

  @Override
  public E set(int index, E element) {
    return call(ListVerb.SET, index, element);
  }

  @Override
  public boolean add(E element) {
    return this.<Boolean>call(ListVerb.ADD, element);
  }

  @Override
  public void add(int index, E element) {
    call(ListVerb.INSERT, index, element);
  }

  @Override
  public E remove(int index) {
    return call(ListVerb.REMOVE_AT, index);
  }

  @Override
  public E removeFirst() {
    return call(ListVerb.REMOVE_FIRST);
  }

  @Override
  public E removeLast() {
    return call(ListVerb.REMOVE_LAST);
  }

  @Override
  protected void removeRange(int fromIndex, int toIndex) {
    call(ListVerb.REMOVE_RANGE, fromIndex, toIndex);
  }

  @Override
  public boolean remove(@Nullable Object element) {
    return this.<Boolean>call(ListVerb.REMOVE, element);
  }

  @Override
  public boolean contains(@Nullable Object element) {
    return indexOf(element) >= 0;
  }

  @Override
  public boolean containsAll(Collection<?> elements) {
    return this.<Boolean>call(ListVerb.CONTAINS_ALL, new ArrayList<>(elements));
  }

  @Override
  public int indexOf(@Nullable Object element) {
    return this.<Integer>call(ListVerb.INDEX_OF, element);
  }

  @Override
  public int lastIndexOf(@Nullable Object element) {
    return this.<Integer>call(ListVerb.LAST_INDEX_OF, element);
  }

  @Override
  public boolean addAll(Collection<? extends E> elements) {
    return this.<Boolean>call(ListVerb.ADD_ALL, new ArrayList<>(elements));
  }

  @Override
  public boolean addAll(int index, Collection<? extends E> elements) {
    return this.<Boolean>call(ListVerb.INSERT_ALL, index, new ArrayList<>(elements));
  }

  @Override
  public boolean removeAll(Collection<?> elements) {
    return this.<Boolean>call(ListVerb.REMOVE_ALL, new ArrayList<>(elements));
  }

  @Override
  public boolean retainAll(Collection<?> elements) {
    return this.<Boolean>call(ListVerb.RETAIN_ALL, new ArrayList<>(elements));
  }

  @Override
  public boolean removeIf(Predicate<? super E> filter) {
    return this.<Boolean>call(ListVerb.REMOVE_IF, filter);
  }

  @Override
  public void replaceAll(UnaryOperator<E> operator) {
    call(ListVerb.REPLACE_ALL, operator);
  }

  @Override
  public void sort(@Nullable Comparator<? super E> comparator) {
    call(ListVerb.SORT, comparator);
  }

  @Override
  public void clear() {
    call(ListVerb.CLEAR);
  }

  @Override
  public Iterator<E> iterator() {
    return listIterator();
  }

  @Override
  public ListIterator<E> listIterator(int index) {
    return new Walk(copy().listIterator(index));
  }

  @Override
  public Spliterator<E> spliterator() {
    return copy().spliterator();
  }

  @Override
  public Object[] toArray() {
    return copy().toArray();
  }

  @Override
  public <T> T[] toArray(T[] array) {
    return copy().toArray(array);
  }

  private List<E> copy() {
    return this.<List<E>>call(ListVerb.COPY);
  }

  /// Walks over a copy. What it changes it changes in the list, too, at the same index.
  private final class Walk implements ListIterator<E> {
    private final ListIterator<E> copied;

    /// The index of what was returned last; not used before, because the copy's iterator objects.
    private int last;

    Walk(ListIterator<E> copied) {
      this.copied = copied;
    }

    @Override
    public boolean hasNext() {
      return copied.hasNext();
    }

    @Override
    public E next() {
      last = copied.nextIndex();
      return copied.next();
    }

    @Override
    public boolean hasPrevious() {
      return copied.hasPrevious();
    }

    @Override
    public E previous() {
      last = copied.previousIndex();
      return copied.previous();
    }

    @Override
    public int nextIndex() {
      return copied.nextIndex();
    }

    @Override
    public int previousIndex() {
      return copied.previousIndex();
    }

    @Override
    public void remove() {
      copied.remove();
      ListProxy.this.remove(last);
    }

    @Override
    public void set(E element) {
      copied.set(element);
      ListProxy.this.set(last, element);
    }

    @Override
    public void add(E element) {
      copied.add(element);
      ListProxy.this.add(copied.previousIndex(), element);
    }
  }
}
