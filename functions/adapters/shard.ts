/**
 * Spreads what would be one hot partition over two. A partition takes a thousand writes a second, so two take more than
 * a province writes; and every sweep has to look into each, whether or not anything is due.
 */
const shardCount = 2

export const shards: readonly string[] = Array.from({ length: shardCount }, (_, shard) => String(shard))

/** The shard of a key: FNV-1a, which spreads short keys evenly and is the same on every machine. */
export const shardOf = (key: string): string => {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return shards[(hash >>> 0) % shardCount] ?? '0'
}

/** Instants as sort keys: UTC, so that they compare as they follow one another. */
export const sortable = (instant: number): string => new Date(instant).toISOString()

/** The instant at the head of a sort key of the due index. */
export const dueAtOf = (sortKey: string): number => Date.parse(sortKey.slice(0, sortKey.indexOf('#')))
