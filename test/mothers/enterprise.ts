import { checkCharacter } from '../../shared/roster/credit-code.ts'
import type { Enterprise } from '../../shared/roster/roster.ts'

/** A credit code of the district with its check character; another for each number. */
export const creditCodeOf = (number: number): string => {
  const first17 = `91610133MA6T${String(number).padStart(5, '0')}`
  return first17 + checkCharacter(first17)
}

export const anEnterprise = (but: Partial<Enterprise> = {}): Enterprise => ({
  enterpriseId: creditCodeOf(1),
  kind: 'company',
  name: '曲江文旅有限公司',
  contactName: '王芳',
  contactEmail: 'wang@example.com',
  ...but,
})
