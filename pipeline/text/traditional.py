"""Chinese as Taiwan and Hong Kong write it: traditional characters, and the simplified ones of the vocabulary.

One for one, so that a text keeps its length; those of the vocabulary alone (docs/decisions/0059). The pairs are of
OpenCC's table TSCharacters.
"""

from __future__ import annotations

_TRADITIONAL = (
    "佈係倉個們備傢償優儲內別則動務勞勢協厤參員單嚮囌國圖團報場奬學實寫將專對導屆崗師幣庫廣強彆彔後從復徵愛態慮應戶擁"
    "擇據擬擴數斷於時曆曏會査條業構槳標樣機檢檯檻歡歷歸氣沒況測滿漢濟灣為無熱營爲獎獲獻現產産甦畢異發眞睞碩碼礎種積穫"
    "競箇簡簽籌籤糰純級紮紹組結絡給統經綫網線編練總績繪繫續纔習聯職聽腦腳臺與興葉蒐蔘薦蘇處號衕補製複覈見規視覺觸計訊"
    "訓設註証評詞試話認語說説誰調請論證識譜讀變貝負責貼資質賽踐蹤車軟輔輛轉辦迴這連週進運過遙遞遠選還郵醫鉅錄錦録錶長"
    "門開間閤閱閲關隊離電靈鞦韓頂項須預領額類颱飛餘駕駛驗體髮鬚麪麫麵麼麽點鼕齣並僅僱兩創劃圍園幫戰擔暫極準溝狀獨環畫"
    "監穩筆範約紙維緊義萬術親討誌課護讓費較達適錢際雙雲駐"
)
_SIMPLIFIED = (
    "布系仓个们备家偿优储内别则动务劳势协历参员单向苏国图团报场奖学实写将专对导届岗师币库广强别录后从复征爱态虑应户拥"
    "择据拟扩数断于时历向会查条业构桨标样机检台槛欢历归气没况测满汉济湾为无热营为奖获献现产产苏毕异发真睐硕码础种积获"
    "竞个简签筹签团纯级扎绍组结络给统经线网线编练总绩绘系续才习联职听脑脚台与兴叶搜参荐苏处号同补制复核见规视觉触计讯"
    "训设注证评词试话认语说说谁调请论证识谱读变贝负责贴资质赛践踪车软辅辆转办回这连周进运过遥递远选还邮医巨录锦录表长"
    "门开间合阅阅关队离电灵秋韩顶项须预领额类台飞余驾驶验体发须面面面么么点冬出并仅雇两创划围园帮战担暂极准沟状独环画"
    "监稳笔范约纸维紧义万术亲讨志课护让费较达适钱际双云驻"
)
SIMPLIFIED = dict(zip(map(ord, _TRADITIONAL), _SIMPLIFIED, strict=True))  # code point to character
