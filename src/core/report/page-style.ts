/**
 * The page's style: one column, one measure, colour that only repeats what words and shapes say.
 *
 * Text contrast is at least 4.5:1 in both schemes (WCAG 2.2 1.4.3). Printed, the page is black on
 * white, opens what was folded only where it is evidence, and keeps cards and rows whole.
 */
export const PAGE_CSS = `
:root{color-scheme:light dark;--paper:#fff;--wash:#f5f6f7;--ink:#15191e;--soft:#4a535d;--rule:#d3d8dd;--firm:#8a939c;
--link:#0a4c8b;--partly:#0a4c8b;--unknown:#4a535d;--answered:#0c6438;--contested:#8a3410;--bar:#33679b;--warn:#8a1c1c;--warn-wash:#fdf1f0}
@media (prefers-color-scheme:dark){:root{--paper:#13161a;--wash:#1c2026;--ink:#e8ebee;--soft:#aab3bc;--rule:#363d45;--firm:#727c86;
--link:#8fc3f7;--partly:#8fc3f7;--unknown:#aab3bc;--answered:#7fd0a2;--contested:#f0a683;--bar:#7aaede;--warn:#ffb4ab;--warn-wash:#3a1a18}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:0 1.25rem 3rem;max-width:70rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1,h2{font-family:"Iowan Old Style",Charter,"Palatino Linotype",Palatino,Georgia,serif;line-height:1.15;font-weight:700;text-wrap:balance}
h1{font-size:clamp(1.9rem,1.4rem + 2.4vw,2.9rem);margin:.1em 0 .35em}
h2{font-size:clamp(1.45rem,1.2rem + 1.2vw,1.9rem);margin:0 0 .5em}
h3{font-size:1.12rem;line-height:1.3;margin:1.8em 0 .5em}
h4{font-size:1rem;margin:1.5em 0 .4em}
p,ul,ol,dl,pre,blockquote{margin:0 0 .8em}
main p,section>ul,section>ol:not(.board){max-width:44em}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.07em;text-decoration-color:color-mix(in srgb,currentColor 45%,transparent)}
a:hover{text-decoration-thickness:.14em;text-decoration-color:currentColor}
:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:2px}
code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em;overflow-wrap:anywhere}
pre{white-space:pre-wrap;padding:.8em 1em;background:var(--wash);border:1px solid var(--rule)}
.skip{position:absolute;left:-99rem;top:.5rem;padding:.5rem 1rem;background:var(--paper);z-index:2}
.skip:focus{left:.75rem}
header{padding:2.2rem 0 .4rem;border-bottom:3px solid var(--ink)}
.kind{margin:0;color:var(--soft);font-weight:600}
.lead{font-size:1.15rem;max-width:40em}
.stamp,.figures{display:flex;flex-wrap:wrap;gap:.4rem 2.2rem;margin:1.1em 0}
.stamp dt,.figures dt{color:var(--soft);font-size:.88rem}
.stamp dd,.figures dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;list-style:none;padding:0;margin:.9em 0 .5em}
nav a{display:inline-block;padding:.25rem 0}
summary{cursor:pointer;color:var(--link);padding:.25rem 0;width:fit-content}
section{padding-top:2.4rem}
section+section{border-top:1px solid var(--rule);margin-top:2.4rem}
.state{display:inline-flex;align-items:center;gap:.4em;font-weight:700;font-size:.92rem;line-height:1;padding:.38em .7em .38em .55em;
border:1.5px solid currentColor;border-radius:1em;white-space:nowrap;color:var(--unknown)}
.state svg{width:1em;height:1em;fill:none;stroke:currentColor;stroke-width:1.6}
.state .solid{fill:currentColor}
.state .dashed{stroke-dasharray:2.6 2.2}
.state-partly{color:var(--partly)}.state-answered{color:var(--answered)}.state-contested{color:var(--contested)}
.state-unknown{border-style:dashed}
.glance{margin:0 0 1.6em;padding:1rem 1.1rem .5rem;background:var(--wash);border-radius:4px}
.glance-row{display:grid;grid-template-columns:12.5rem 1fr;gap:.3rem 1rem;padding-bottom:.6rem}
.glance dt{display:flex;align-items:center;gap:.6em;align-self:start}
.glance dd{margin:0}
.glance ul{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.3rem;padding:0;margin:0}
.glance a{display:inline-block;padding:.12rem 0}
.count,.hint,.note,.basis,.evidence{color:var(--soft);font-size:.92rem}
.board{list-style:none;padding:0;margin:0}
.answer{display:grid;grid-template-columns:15rem 1fr 19rem;gap:.3rem 2rem;padding:1.15rem 0;border-top:1px solid var(--rule)}
.answer:last-child{border-bottom:1px solid var(--rule)}
.answer:target{background:var(--wash);box-shadow:-.7rem 0 var(--wash),.7rem 0 var(--wash)}
.answer h3{margin:0 0 .5em}
.answer p{margin:0 0 .45em}
.points{margin:.2em 0 .7em}.points dt{margin-top:.5em;font-weight:600}.points dd{margin:0}.points ul{margin:.1em 0 0;padding-left:1.2em}.points li{margin:.1em 0}
.settle h4{margin:.1em 0 .3em;font-size:.92rem}
.settle ul{padding-left:1.1em;margin:0;font-size:.92rem;list-style:disc}
.settle li+li{margin-top:.35em}
.campaign{border-top:1px solid var(--rule);margin-top:1.6rem;padding-top:.2rem}
.campaign:target,tr:target{background:var(--wash)}
.campaign>h3{font-size:1.3rem;margin-top:1em}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:0 2.5rem}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.95rem}
table.narrow{width:auto}
caption{text-align:left;font-weight:700;padding-bottom:.45em}
caption .hint,thead .hint{display:block;font-weight:400}
@media (min-width:44.01rem){.ip,th:has(>.ip){overflow-wrap:break-word}}
th,td{text-align:left;vertical-align:top;padding:.45em 1.1em .45em 0;border-bottom:1px solid var(--rule);font-weight:400;overflow-wrap:anywhere}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--soft);font-size:.88rem;border-bottom-color:var(--firm);overflow-wrap:normal}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td ul{padding-left:1.1em;margin:0;list-style:disc}
td .limit{color:var(--contested)}
.form-name,.exhibits th[scope=row]{font-weight:700}
.forms .hint{display:block}
.forms th[scope=row]{width:15rem}
.digest{display:inline-block;width:33ch;max-width:100%;color:var(--soft);font-size:.82rem;line-height:1.35;user-select:all;word-break:break-all;overflow-wrap:anywhere}
.digest b{color:var(--ink);font-weight:600}
.scroll{overflow-x:auto}
.scroll table{min-width:44rem}
.wording{margin:0 0 .6em;padding:.9rem 1.1rem;border-left:4px solid var(--firm);background:var(--wash);max-width:46em}
.wording p{margin:0;max-width:none}
.withheld{display:inline-block;padding:0 .45em;font-size:.85em;line-height:1.5;border:1px dashed var(--firm);border-radius:3px;color:var(--soft);
background:var(--paper) repeating-linear-gradient(135deg,transparent 0 4px,var(--wash) 4px 8px)}
.withheld::before{content:"\\2592\\2592\\a0"}
.slot{padding:.05em .45em;border:1px solid;border-bottom-width:4px;border-radius:3px;background:var(--paper);font-size:.9em}
.slot-0{border-color:#0072b2}.slot-1{border-color:#d55e00}.slot-2{border-color:#009e73}.slot-3{border-color:#cc79a7}.slot-4{border-color:#e69f00}.slot-5{border-color:#56b4e9}
.choice{border-bottom:1px dotted var(--firm)}
figure.template{margin:0 0 1em}
.graph{width:100%;max-width:46rem;height:auto}.graph text{font:500 13px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--ink)}
.graph .link{stroke:var(--bar);stroke-width:2.5}.graph .weak{stroke-dasharray:5 4;stroke-width:1.3}
.matrix text{font:500 12.5px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--ink)}
.matrix .head,.matrix .count,.matrix .none{text-anchor:middle}.matrix .head{fill:var(--soft)}.matrix .none{fill:var(--soft)}
.matrix .rule{stroke:var(--rule)}.matrix .some{fill:var(--bar)}.matrix .few{fill:none;stroke:var(--firm);stroke-dasharray:2.5 2.5}
.unseen{font-family:ui-monospace,monospace;font-size:.85em;padding:0 .15em;border:1px solid var(--contested);color:var(--contested);border-radius:2px}
.ask{margin:1.6rem 0;padding:.2rem 1.2rem .6rem;border:1px solid var(--firm);border-radius:4px}
.ask h3{margin-top:.8em}
.ask dl>div,.glossary>div{display:grid;grid-template-columns:14rem 1fr;gap:.1rem 1.5rem;padding:.4em 0;border-top:1px solid var(--rule);max-width:56em}
.ask dt,.glossary dt{font-weight:600}
.ask dd,.glossary dd{margin:0}
.plot{margin:1.4rem 0}
figcaption{font-weight:700}
.chart{display:flex;margin-top:.3rem}
.chart svg{display:block;flex:none;overflow:visible}
.chart .bars{flex:1;min-width:0}
.chart text{font:500 .8rem system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--soft)}
.chart .peak{fill:var(--ink);font-weight:700}
.bar rect{fill:var(--bar);min-width:1px}
.grid line{stroke:var(--rule)}
.axis,.tick line{stroke:var(--firm)}
.rows svg{display:block;overflow:visible}.rows .patterns{position:absolute}
.rows .row{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;max-width:none;margin:.5rem 0 .1rem;font-size:.9rem;color:var(--soft)}.rows .row.strong{color:var(--ink);font-weight:700}
.rows text,.legend{font:400 .85rem system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--soft)}
.rows .arrow{fill:var(--ink)}
.rows .solid,.rows .patterned{stroke:var(--ink);stroke-width:.6}.rows .solid{fill:var(--bar)}
.rows .outlined{fill:none;stroke:var(--ink);stroke-dasharray:3 2}
.rows .point{stroke:var(--ink);stroke-width:3}
.rows .tick-line{stroke:var(--rule)}.rows .mark{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:5 3}
.hatch-ground{fill:var(--paper)}.hatch{stroke:var(--ink);stroke-width:1.6}
.map{display:block;width:100%;max-width:35rem;height:auto;margin:.6rem 0}
.county{stroke:var(--firm);stroke-width:.7}
.shade-none{fill:var(--paper)}.shade-0{fill:color-mix(in srgb,var(--ink) 14%,var(--paper))}.shade-1{fill:color-mix(in srgb,var(--ink) 30%,var(--paper))}
.shade-2{fill:color-mix(in srgb,var(--ink) 48%,var(--paper))}.shade-3{fill:color-mix(in srgb,var(--ink) 68%,var(--paper))}.shade-4{fill:color-mix(in srgb,var(--ink) 90%,var(--paper))}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;color:var(--soft)}.legend svg{display:inline-block;vertical-align:-.1em;margin:0}
.personal{margin:0 -1.25rem;padding:.9rem 1.25rem;background:var(--warn-wash);border:2px solid var(--warn);color:var(--warn)}
footer{margin-top:3rem;padding-top:1rem;border-top:3px solid var(--ink);color:var(--soft);font-size:.92rem}
@media (max-width:60rem){.answer{grid-template-columns:1fr 17rem}.answer-head{grid-column:1/-1;display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem 1rem}
.answer-head h3{margin:0 0 .2em}}
@media (max-width:44rem){.answer,.glance-row,.ask dl>div,.glossary>div{grid-template-columns:1fr}.settle{margin-top:.3em;padding-left:.9rem;border-left:3px solid var(--rule)}
.minor{display:none}
.stack,.stack tbody,.stack tr,.stack td,.stack th{display:block;width:auto}
.stack thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.stack caption{display:block}
.stack tr{padding:.6em 0;border-bottom:1px solid var(--rule)}
.stack th[scope=row],.stack td{border:0;padding:.12em 0;text-align:left;white-space:normal}
.forms th[scope=row]{width:auto}
.forms td:nth-child(2)::before{content:"Originals: "}
.forms td:nth-child(3)::before{content:"Can prove:"}
.forms td:nth-child(4)::before{content:"Cannot prove:"}
.exhibits td:nth-child(4)::before{content:"Received "}
.digest{width:auto}}
@media (forced-colors:active){.bar rect,.matrix .some{fill:CanvasText}.state,.withheld,.unseen{forced-color-adjust:auto}}
@media print{:root{color-scheme:light;--paper:#fff;--wash:#fff;--ink:#000;--soft:#333;--rule:#bbb;--firm:#666;--link:#000;--partly:#000;--unknown:#000;
--answered:#000;--contested:#000;--bar:#444;--warn:#000;--warn-wash:#fff}
@page{margin:16mm 15mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif}}
html{font-size:12.5px}
body{max-width:none;padding:0}
.pair{grid-template-columns:1fr 1fr}
.exhibits{font-size:.78rem}
.exhibits td:last-child{white-space:nowrap}
.digest{width:auto;font-size:5.8pt;white-space:nowrap}
th,td{padding-top:.3em;padding-bottom:.3em}
header{padding-top:0}
nav,.skip,details:not([open]){display:none}
.answer,.ask,tr,figure,.figures,.ask dl>div,.glossary>div,blockquote{break-inside:avoid}
h2,h3,h4,caption{break-after:avoid}
thead{display:table-header-group}
.answer{grid-template-columns:11rem 1fr 15rem;gap:.2rem 1.4rem;padding:.6rem 0}
.answer-head{display:block;grid-column:auto}
.glance{border:1px solid var(--rule)}
section{padding-top:1.2rem}section+section{margin-top:1.2rem}
.scroll{overflow:visible}.scroll table{min-width:0}
.personal{margin:0 0 1rem}}
`;

/** Repeats the warning at the foot of every printed page. */
export const PERSONAL_PRINT_CSS =
  '@media print{@page{@bottom-left{content:"Contains personal data of voters. Do not publish.";font:bold 9pt sans-serif}}}';
