// Words of the page of service points.
export const points = {
  title: '服务站点',
  intro: '企业可以到就近的联络点、服务站咨询商业秘密保护，不收费。请不要带去或者说出商业秘密的具体内容。',
  find: '查找', query: '名称或地址', kind: '类别', all: '全部',
  kinds: { contact_point: '联络点', service_station: '服务站', guidance_station: '指导站', demo_site: '示范点（站、区）', protection_base: '保护基地' },
  none: '这里还没有已命名的服务站点。可以看上一级的，或者联系当地市场监管局。',
  total: (count: string): string => `共 ${count} 个`,
  address: '地址', hours: '服务时间', telephone: '电话', coverage: '服务范围', unit: '主管单位', demonstration: '示例',
  more: '下一页', before: '上一页',
  near: '按离我远近排列', nearHint: '位置只在您的设备上使用，不会发送给我们。', nearDone: '已按远近排列。', nearRefused: '没有得到位置，列表没有变。可以在浏览器里允许使用位置，或者按地区查找。', away: (kilometres: string): string => `约 ${kilometres} 公里`,
};
