import type { Measure } from '../../shared/visit/measure.ts'

/** Valid since long ago, without an end. */
export const aMeasure = (but: Partial<Measure> = {}): Measure => ({
  measureId: 'M-01',
  title: '示例稳岗返还政策',
  summary: '不裁员、少裁员的企业，可以申请返还部分失业保险费。',
  validFrom: '2016-01-01',
  ...but,
})
