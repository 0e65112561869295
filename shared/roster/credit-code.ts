/** The 31 characters of a credit code, in the order of their values (GB 32100-2015, table 1): no I, O, S, V, Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

/** The check character of the first 17 characters of a credit code (GB 32100-2015, annex B). */
export const checkCharacter = (first17: string): string => {
  const sum = weights.reduce((total, weight, at) => total + weight * alphabet.indexOf(first17.charAt(at)), 0)
  return alphabet.charAt((31 - (sum % 31)) % 31)
}

/** Whether an 18-character credit code ends in the check character of the rest. */
export const hasValidCheckCharacter = (creditCode: string): boolean => checkCharacter(creditCode.slice(0, 17)) === creditCode.charAt(17)
