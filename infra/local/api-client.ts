/** A caller of the local stack's API, with a token of the local issuer. For demo data: any refusal is an error. */
export interface ApiClient {
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>
  put(path: string, body: unknown): Promise<ApiAnswer>
  get(path: string): Promise<ApiAnswer>
  /** A file to be kept. */
  download(path: string): Promise<Buffer>
  /** Sends rows as a CSV file. @throws Error if a row is rejected */
  upload(path: string, rows: readonly (readonly string[])[]): Promise<void>
}

export interface ApiAnswer {
  readonly body: Record<string, unknown>
  readonly etag: string
}

export const clientOf = (baseUrl: string, token: string): ApiClient => {
  const send = async (method: string, path: string, contentType?: string, body?: string, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(contentType === undefined ? {} : { 'content-type': contentType }), ...headers },
      ...(body === undefined ? {} : { body }),
    })
    const answer = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`)
    return { body: answer, etag: response.headers.get('etag') ?? '' }
  }
  return {
    post: (path, body, headers) =>
      send('POST', path, 'application/json', JSON.stringify(body), { 'idempotency-key': crypto.randomUUID(), ...headers }),
    put: (path, body) => send('PUT', path, 'application/json', JSON.stringify(body)),
    get: path => send('GET', path),
    download: async path => {
      const response = await fetch(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${token}` } })
      if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`)
      return Buffer.from(await response.arrayBuffer())
    },
    upload: async (path, rows) => {
      const { body } = await send('POST', path, 'text/csv; charset=utf-8', rows.map(row => row.join(',')).join('\r\n'))
      const rejected = body['rejected'] as unknown[]
      if (rejected.length > 0) throw new Error(`${path} rejected ${JSON.stringify(rejected.slice(0, 3))}`)
    },
  }
}

/** A command on an object that its client has just read: on the version it is. */
export const commandOn = async (client: ApiClient, path: string, command: string, body: object): Promise<ApiAnswer> => {
  const { etag } = await client.get(path)
  return client.post(`${path}/${command}`, body, { 'if-match': etag })
}
