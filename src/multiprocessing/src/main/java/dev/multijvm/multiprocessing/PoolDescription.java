package dev.multijvm.multiprocessing;

/// How a pool is built.
///
/// @param workers how many workers it keeps
/// @param transport how tasks travel to and from its first worker, and as a rule to the others:
///   never [Transport#AUTOMATIC]
/// @param startMethod how its workers were asked to start, perhaps [StartMethod#AUTOMATIC];
///   [PoolInsights#starts()] tells how they did
/// @param spares how many spares wait now for this pool's next workers, or for another pool like
///   it; 0 unless the start method is [StartMethod#WARM]
/// @param sizing what each worker takes for its share of the machine, or the JVM arguments that say
///   so
public record PoolDescription(
    int workers, Transport transport, StartMethod startMethod, int spares, String sizing) {}
