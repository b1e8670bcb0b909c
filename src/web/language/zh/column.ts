// Words of the staff's side of the public column.
import type { ArticleAct, ArticleChange, ArticleKind, ArticleState, Licence, ReleaseBasis, ReleaseState } from '../../../modules/column/model.ts';

const kinds: Record<ArticleKind, string> = { news: '工作动态', policy: '政策法规', guide: '保护指引', typical_case: '典型案例' };
const states: Record<ArticleState, string> = { draft: '起草中', offered: '待审发', published: '已发布', taken_down: '已撤下', removed: '已删除' };
const acts: Record<ArticleAct, string> = { offer: '送审发', withdraw: '撤回送审', remove: '删除', restore: '恢复为草稿', send_back: '退回修改', publish: '发布', take_down: '撤下' };
const changes: Record<ArticleChange, string> = { drafted: '起草', saved: '修改', offered: '送审发', withdrawn: '撤回送审', sent_back: '退回修改', published: '发布', taken_down: '撤下', removed: '删除', restored: '恢复' };
const releaseStates: Record<ReleaseState, string> = { frozen: '待公布', released: '已公布', withdrawn: '已撤回', refused: '未同意' };
const bases: Record<ReleaseBasis, string> = { ledger: '工作台账（活动期间的进度）', returns: '已报送的统计表' };
const licences: Record<Licence, string> = { attribution: '可以使用，注明来源', cc_by_4: '知识共享署名 4.0（CC BY 4.0）', none: '暂不选定' };

export const column = {
  title: '服务月专栏',
  see: '打开公开页面',
  kinds, states, acts, changes, releaseStates, bases, licences,
  articles: {
    title: '稿件', none: '还没有稿件。', noneNext: '点“写稿件”起草第一篇，由另一位同志审发后公开。', create: '写稿件', state: '状态', all: '全部（不含已删除）', again: '有未发布的修改', saved: (who: string, at: string): string => `${who}，${at}`,
  },
  article: {
    new: '写稿件', kind: '栏目', heading: '标题', summary: '摘要', summaryHint: '列表和订阅里显示，200 字以内。', origin: '来源', text: '正文',
    textHint: '空一行分段。## 小标题；- 列表；1. 编号；> 引用；**加粗**；[文字](https://网址)。图片用下面的按钮插入。', notBefore: '不早于（到时间才公开）', notBeforeHint: '留空则发布后马上公开。', save: '保存', saved: '已保存。', preview: '预览', versions: '办理记录',
    picture: '插入图片', pictureHint: 'JPEG、PNG、WebP，15 MB 以内。上传后去除拍摄信息。', alt: '图片说明（给看不见图片的人听）', altMissing: '请先写图片说明，2 字以上。', inserted: '图片已插入正文末尾。', asked: (act: string): string => `${act}：请写明理由`, reason: '理由', do: '确定', cancel: '不办了', done: (act: string): string => `已${act}。`,
    publicNow: '公众现在看到的是已发布的一版，这里的修改要重新审发。', notBeforeWrong: '时间写不对，请选日期和时间。', unsaved: '有没保存的修改，请先保存。', back: '回到专栏',
  },
  releases: {
    title: '公布数据', intro: '先由统筹人冻结一份数据，再由专栏审发人公布，两个人办。很小的数字和能推算出它的数字不公布。', none: '还没有冻结过数据。', asOf: '截至日期', basis: '口径', freeze: '冻结数据', frozen: '已冻结，等另一位同志公布。', columns: { asOf: '截至', basis: '口径', state: '状态', hidden: '不公布的格', by: '经手人', acts: '办理' },
    acts: { release: '公布', refuse: '不同意', withdraw: '撤回' }, done: { release: '已公布。', refuse: '已退回，没有公布。', withdraw: '已撤回，公开页面不再显示。' }, hidden: (hidden: string, cells: string): string => `${hidden} / ${cells}`, freezer: '冻结的人不能自己公布',
  },
  settings: {
    title: '联系方式和使用许可', office: '受理单位', telephone: '电话', address: '地址', hours: '时间', help: '怎样求助', helpHint: '一行一段。', licence: '数据使用许可', propose: '提出', proposed: '已提出，等另一位同志同意。', waiting: (who: string): string => `${who}提出的修改等待同意：`, approve: '同意并公开', approved: '已公开。', none: '还没有公开联系方式。', shown: '现在公开的',
  },
};
