/**
 * Spreads what would be one hot partition over a few. A partition takes a thousand writes a second, so four take the
 * mails and issues of a province; and looking into all four when nothing is due costs two read units.
 */
const shardCount = 4

export const shards: readonly string[] = Array.from({ length: shardCount }, (_, shard) => String(shard))

/** The shard of a key: FNV-1a, which spreads short keys evenly and is the same on every machine. */
export const shardOf = (key: string): string => {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return shards[(hash >>> 0) % shardCount] ?? '0'
}

/** Instants as sort keys: UTC, so that they compare as they follow one another. */
export const sortable = (instant: number): string => new Date(instant).toISOString()
