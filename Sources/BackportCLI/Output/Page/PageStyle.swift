/// How pages look: light and dark, on a screen, a phone and paper.
///
/// The colours of text have a contrast of at least 4.5 with what they stand on (WCAG 2.2, 1.4.3).
enum PageStyle {
  /// The SHA-256 of ``css`` in Base64, by which the policy of the page lets it in and no other.
  static let hash = "4DZumDV4LLJAzLHUFNmhGnWmpT52bArarmX6+9Bz14Q="

  /// The style sheet.
  static let css: StaticString = """
    :root{color-scheme:light dark;--bg:#fff;--panel:#f6f8fa;--text:#1f2328;--muted:#57606a;\
    --rule:#d0d7de;--accent:#0550ae;--good:#116329;--good-bg:#dafbe1;--bad:#a40e26;--bad-bg:#ffebe9;\
    --caution:#6f4400;--caution-bg:#fff3c4;--window:#aceebb;--less:#ddf4ff}
    @media(prefers-color-scheme:dark){:root{--bg:#0d1117;--panel:#161b22;--text:#e6edf3;\
    --muted:#9ea7b1;--rule:#3d444d;--accent:#79c0ff;--good:#7ee787;--good-bg:#10301c;--bad:#ffa198;\
    --bad-bg:#3c1618;--caution:#e9c46a;--caution-bg:#332600;--window:#1f6f3a;--less:#0c3a5e}}
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
    @media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0;background:var(--bg);color:var(--text);font:16px/1.55 system-ui,-apple-system,\
    "Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
    header,nav,main,footer{max-width:1040px;margin:0 auto;padding:0 20px}
    header{padding-top:36px}
    h1{font-size:1.9rem;line-height:1.25;margin:.1em 0 .35em;letter-spacing:-.01em}
    h2{font-size:1.3rem;margin:2.4em 0 .7em;padding-bottom:.3em;border-bottom:1px solid var(--rule)}
    h3{font-size:1.1rem;margin:0;display:flex;flex-wrap:wrap;gap:.6em;align-items:center}
    p{margin:.5em 0}
    a{color:var(--accent)}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
    .skip{position:absolute;left:-999px}
    .skip:focus{left:12px;top:12px;background:var(--bg);padding:8px 14px;z-index:1}
    .kind{color:var(--muted);text-transform:uppercase;letter-spacing:.08em;font-size:.8rem;margin:0}
    .lead{font-size:1.1rem;max-width:48em}
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
    code{font-size:.88em;background:var(--panel);border-radius:4px;padding:.12em .35em}
    pre{margin:0;padding:12px 0;background:var(--panel);border:1px solid var(--rule);border-radius:6px;\
    overflow:auto;font-size:.82rem;line-height:1.5;tab-size:4;max-height:36rem}
    pre code{display:block;min-width:max-content;padding:0;background:none;font-size:inherit}
    pre span{display:block;padding:0 14px;white-space:pre}
    pre .add{background:var(--good-bg);color:var(--good)}
    pre .del{background:var(--bad-bg);color:var(--bad)}
    pre .mark{background:var(--bad-bg);color:var(--bad);font-weight:600}
    pre .meta{color:var(--muted)}
    ul.chips,nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:8px;margin:14px 0 0;padding:0}
    .chip{display:inline-flex;gap:.4em;align-items:center;border-radius:999px;padding:.12em .75em;\
    font-size:.88rem;font-weight:600;background:var(--panel);color:var(--text);white-space:nowrap}
    a.chip{text-decoration:none;min-height:28px}
    a.chip:hover{text-decoration:underline}
    .chip.good{background:var(--good-bg);color:var(--good)}
    .chip.bad{background:var(--bad-bg);color:var(--bad)}
    .chip.caution{background:var(--caution-bg);color:var(--caution)}
    nav{margin-top:18px}
    nav a{display:inline-block;padding:.3em .8em;border:1px solid var(--rule);border-radius:6px;\
    text-decoration:none;font-size:.9rem;min-height:32px}
    nav a:hover{border-color:var(--accent)}
    .note{border-left:4px solid var(--caution);background:var(--caution-bg);color:var(--caution);\
    padding:.7em 1em;border-radius:0 6px 6px 0;margin:18px 0}
    .note.bad{border-color:var(--bad);background:var(--bad-bg);color:var(--bad)}
    .note ul{margin:.2em 0;padding-left:1.2em}
    .note h2{border:0;margin:0;padding:0;font-size:1rem}
    dl{display:grid;grid-template-columns:7.5em 1fr;gap:.35em 1em;margin:.8em 0}
    dt{color:var(--muted);font-size:.92rem}
    dd{margin:0;grid-column:2}
    article{border:1px solid var(--rule);border-radius:8px;padding:18px 20px;margin:0 0 18px}
    article h4{font-size:.95rem;margin:1.2em 0 .5em}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.92rem}
    th,td{text-align:left;vertical-align:top;padding:.45em .8em .45em 0;border-bottom:1px solid var(--rule);\
    overflow-wrap:break-word}
    th{color:var(--muted);font-weight:600}
    th code,td code{white-space:nowrap}
    details{margin:.7em 0}
    summary{cursor:pointer;padding:.35em 0;font-weight:600}
    details>*:not(summary){margin-top:.3em}
    figure{margin:0 0 1em}
    figcaption{color:var(--muted);font-size:.9rem;display:flex;flex-wrap:wrap;gap:.3em 1.2em;margin-top:.4em}
    svg{display:block;max-width:100%;height:auto}
    svg.narrow{display:none}
    svg text{fill:var(--text);font-size:14px;font-family:inherit}
    svg .name{font-weight:600}
    svg .past{fill:var(--muted);font-weight:400}
    svg .tick{fill:var(--muted);font-size:12px;text-anchor:middle}
    svg .now{fill:var(--text);font-weight:600}
    svg .grid{stroke:var(--rule);stroke-width:1}
    svg .today{stroke:var(--muted);stroke-width:1.5;stroke-dasharray:4 4}
    svg .trunk{stroke:var(--text);stroke-width:3;stroke-linecap:round}
    svg .over{stroke:var(--rule);stroke-width:4;stroke-linecap:round}
    svg .window{fill:var(--window)}
    svg .window.less{fill:var(--less)}
    svg .window.unknown{fill:none;stroke:var(--muted);stroke-dasharray:4 3}
    svg .release{fill:var(--bg);stroke:var(--text);stroke-width:1.6}
    svg .fix{fill:var(--accent);stroke:var(--bg);stroke-width:2}
    svg .way{fill:none;stroke:var(--muted);stroke-width:1.8}
    svg .way.good{stroke:var(--good)}
    svg .way.bad{stroke:var(--bad);stroke-dasharray:5 4}
    svg .way.caution{stroke:var(--caution);stroke-dasharray:2 4}
    svg .landing circle{fill:var(--muted);stroke:var(--bg);stroke-width:2}
    svg .landing.good circle{fill:var(--good)}
    svg .landing.bad circle{fill:var(--bad)}
    svg .landing.caution circle{fill:var(--caution)}
    svg .landing path{fill:none;stroke:var(--bg);stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
    svg .result{font-weight:600;paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
    footer{color:var(--muted);font-size:.88rem;padding-top:28px;padding-bottom:44px}
    @media(max-width:700px){header,nav,main,footer{padding-left:16px;padding-right:16px}\
    header{padding-top:24px}h1{font-size:1.45rem}dl{grid-template-columns:1fr;gap:.15em 0}dt{margin-top:.5em}dd{grid-column:1}\
    article{padding:14px}svg.wide{display:none}svg.narrow{display:block}}
    @media print{:root{color-scheme:light;--bg:#fff;--panel:#f6f8fa;--text:#1f2328;--muted:#57606a;\
    --rule:#d0d7de;--accent:#0550ae;--good:#116329;--good-bg:#dafbe1;--bad:#a40e26;--bad-bg:#ffebe9;\
    --caution:#6f4400;--caution-bg:#fff3c4;--window:#aceebb;--less:#ddf4ff}\
    nav,.skip{display:none}header,main,footer{max-width:none;padding:0}body{font-size:10.5pt}\
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}\
    pre{overflow:visible;max-height:none}pre code{min-width:0}pre span{white-space:pre-wrap;padding:0 6px}\
    h2,h3,h4,summary{break-after:avoid}figure,tr,.note{break-inside:avoid}\
    details::details-content{content-visibility:visible;block-size:auto}.scroll{overflow:visible}}

    """
}
