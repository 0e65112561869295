import type { Wording } from '../contract/problem.ts'

/** Categories and subcategories of issues, with the words an office uses for them. */
export const categories = {
  facilities: {
    zh: '配套',
    en: 'Facilities',
    subcategories: {
      'start-of-works': { zh: '开工', en: 'Start of works' },
      'earth-moving': { zh: '运土', en: 'Earth moving' },
      roads: { zh: '道路', en: 'Roads' },
      water: { zh: '水', en: 'Water' },
      power: { zh: '电', en: 'Power' },
      gas: { zh: '气', en: 'Gas' },
      heating: { zh: '暖', en: 'Heating' },
      education: { zh: '教育', en: 'Education' },
      healthcare: { zh: '医疗', en: 'Healthcare' },
    },
  },
  approvals: {
    zh: '审批',
    en: 'Approvals',
    subcategories: {
      'project-initiation': { zh: '立项', en: 'Project initiation' },
      planning: { zh: '规划', en: 'Planning' },
      construction: { zh: '建设', en: 'Construction' },
      'land-use': { zh: '用地', en: 'Land use' },
      'policy-implementation': { zh: '政策落实', en: 'Policy implementation' },
    },
  },
  land: {
    zh: '征迁与执法',
    en: 'Land and enforcement',
    subcategories: {
      acquisition: { zh: '征地', en: 'Land acquisition' },
      relocation: { zh: '拆迁遗留', en: 'Unfinished relocation' },
      enforcement: { zh: '城管执法', en: 'Urban enforcement' },
      'public-order': { zh: '治安', en: 'Public order' },
    },
  },
  finance: {
    zh: '资金与要素',
    en: 'Finance and resources',
    subcategories: {
      'cash-flow': { zh: '资金紧张', en: 'Cash flow' },
      financing: { zh: '投融资', en: 'Financing' },
      'policy-support': { zh: '扶持政策', en: 'Policy support' },
      labour: { zh: '用工', en: 'Labour' },
      operations: { zh: '经营管理', en: 'Operations' },
    },
  },
} as const satisfies Record<string, Wording & { subcategories: Record<string, Wording> }>

export type Category = keyof typeof categories
export const categoryNames = Object.keys(categories) as [Category, ...Category[]]

/** The subcategories of a category, by code. */
export const subcategoriesOf = (category: Category): Readonly<Record<string, Wording>> => categories[category].subcategories

export const subcategoryNames = categoryNames.flatMap(name => Object.keys(subcategoriesOf(name))) as [string, ...string[]]

/**
 * A: the officer's own department solves it; B: departments of the district together; C: the city;
 * D: nobody can under today's rules, which is explained.
 */
export const tiers = ['A', 'B', 'C', 'D'] as const
export type Tier = (typeof tiers)[number]
