// Words of publicity: media items and their reposts, materials and their stock.
import type { MaterialForm, MoveKind } from '../../../modules/publicity/model.ts';

const forms: { readonly [F in MaterialForm]: string } = { leaflet: '折页、传单', poster: '海报、展板', booklet: '手册、书籍', goods: '宣传品（实物）', video: '音像制品', online: '线上图文、视频' };
const moves: { readonly [K in MoveKind]: string } = { received: '入库', handed_out: '发放', read: '阅读下载' };

export const publicity = {
  title: '宣传',
  media: {
    title: '宣传报道', intro: '编发或被媒体采写的，每篇登记一次，自动记入台账。转载挂在原件下，不计数。', add: '登记报道', query: '按标题、媒体或网址查找', originals: '只看原件', bin: '看已删除的', none: '还没有宣传报道。发布了一篇，请登记。', noneFound: '没有找到，请换一个条件。', noneBinned: '没有已删除的报道。',
    total: (count: string) => `共 ${count} 篇`, counted: '计数', repost: '转载，不计数', reposts: (count: string) => `转载 ${count} 篇`, entry: '台账记录', edit: '修改', remove: '删除', removed: '已删除', restore: '恢复', demonstration: '示例', link: '打开网址', materials: '宣传材料',
  },
  form: {
    create: '登记报道', edit: '修改报道', name: '标题', outlet: '媒体名称', level: '媒体级别', levelHint: '名单里的中央媒体自动选“中央”，名单外的不能选', link: '网址', linkHint: '以 https:// 开头；报纸、广播电视没有的不填', day: '发布日期', origin: '来源',
    origins: { original: '编发、媒体采写', repost: '转载、转发' }, original: '转载自本单位哪一篇', elsewhere: '别的单位的稿件', windowReason: '不在服务月内的原因', windowHint: '日期在服务月内的不填；8 字以上', doubles: '网址或标题和下面的一样', confirmed: '确实是另一篇，不是同一篇在别处发布', save: '保存', saved: '已保存', cancel: '取消',
    uploading: '文件还在上传，请稍等。',
    signs: { same_link: '网址一样', same_title: '标题一样' },
  },
  materials: {
    title: '宣传材料', intro: '记每种材料的入库和发放。台账按宣传活动里填的份数计数，这里只作对照，不改台账。', back: '宣传报道', add: '增加一种', none: '还没有宣传材料。印好或收到一种，请增加，再登记入库。', name: '名称', form: '形式', save: '保存', saved: '已保存', cancel: '取消',
    received: '入库', handedOut: '发放', stock: '库存', reads: '阅读下载', act: '登记', demonstration: '示例', remove: '删除', removed: '已删除',
    move: { title: (name: string) => `登记：${name}`, kind: '办什么', amount: '数量', amountHint: '更正多记的填负数，并写原因；报废在“入库”里填负数', amountWrong: '请填整数', day: '日期', entry: '在哪场宣传活动发放', noEntry: '不在台账里的场合', occasion: '场合或来源', reason: '更正原因', save: '登记', saved: '已登记' },
    moves: { title: '收发记录', none: '还没有收发记录。', day: '日期', material: '材料', kind: '事项', amount: '数量', occasion: '场合', by: '登记人' },
    compare: { title: '和台账对照', same: (count: string) => `台账宣传活动共计 ${count} 份，和发放数一致。`, differs: (counted: string, handedOut: string) => `台账宣传活动共计 ${counted} 份，这里发放 ${handedOut} 份，不一致。请核对是漏记发放，还是台账填错。`, event: '宣传活动', counted: '台账份数', handedOut: '这里发放' },
  },
  forms,
  moves,
};
