import { describe, expect, test } from 'vitest'
import { environmentOf, type Variables } from '../../infra/environment.ts'

const variables = (smtpUrl: string): Variables => ({
  TABLE_NAME: 'qinshang',
  TIME_ZONE: 'Asia/Shanghai',
  LOCALE: 'zh-CN',
  IDENTITY_CLAIM: 'email',
  ADMIN_EMAIL: 'admin@example.org',
  CURSOR_SECRET: 'a secret of the test, which is long enough',
  SENDER: 'assist@example.org', PUBLIC_URL: 'https://assist.example.org',
  MAIL_TRANSPORT: 'smtp',
  SMTP_URL: smtpUrl,
  LONGEST_GAP_MINUTES: '15',
})

describe('the address of an SMTP relay', () => {
  test.each(['smtps://mail.example.org', 'smtp://user:hunter2@mail.example.org:587', 'smtps://user:100%25%2Fday%40@mail.example.org'])('may be %s', (url) => {
    expect(environmentOf('mailer', variables(url))).toMatchObject({ SMTP_URL: url })
  })

  test.each([
    ['a % that begins no escape, in the password', 'smtps://user:hunter%@mail.example.org'],
    ['one in the name of the user', 'smtps://us%er:hunter2@mail.example.org'],
    ['an escape that is no character', 'smtps://user:hunter%FF@mail.example.org'],
    ['a slash as it is', 'smtps://user:hunter/2@mail.example.org'],
    ['another protocol', 'https://user:hunter2@mail.example.org'],
  ])('may not have %s, and the refusal keeps the password to itself', (_, url) => {
    const check = () => environmentOf('mailer', variables(url))
    expect(check).toThrow(/^The environment of mailer does not fit its schema:\n {2}SMTP_URL: must be smtps:.* % as %25.*$/)
    expect(check).not.toThrow(/hunter/)
  })
})
