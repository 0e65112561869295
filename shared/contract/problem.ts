/** placeholder until the catalogue stands */
export type ProblemCode = string
