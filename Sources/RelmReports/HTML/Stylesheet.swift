/// How every page looks: on a screen, on a small one, on A4.
enum Stylesheet {
  static let shared = #"""
    *{box-sizing:border-box}
    html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
      background:var(--page);color:var(--text);-webkit-text-size-adjust:100%}
    body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:72rem}
    h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem;overflow-wrap:anywhere}
    h2{font-size:1.25rem;line-height:1.3;margin:2.5rem 0 .5rem;overflow-wrap:anywhere}
    p{margin:.5rem 0;max-width:48rem;overflow-wrap:anywhere}
    a{color:var(--link);text-underline-offset:.15em}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
    [hidden]{display:none!important}
    .quiet{color:var(--muted)}
    .good{color:var(--good)}.warning{color:var(--warning)}.bad{color:var(--bad)}
    .good,.warning,.bad{font-weight:600}
    .voice{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .skip{position:absolute;left:1rem;top:-4rem;padding:.5rem 1rem;background:var(--page);border:2px solid var(--link);
      z-index:9}
    .skip:focus{top:.5rem}
    .icon{width:.95em;height:.95em;vertical-align:-.1em;margin-right:.3em;flex:none}
    .place{white-space:nowrap;font-variant-numeric:tabular-nums;font-size:.92em}
    .places{display:inline}
    @media screen{a.place{display:inline-block;min-width:24px;min-height:24px;line-height:24px;text-align:center}}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:1rem 0 0;padding:0}
    .about{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:1rem 0;max-width:60rem}
    .about dt{color:var(--muted)}
    .about dd{margin:0;overflow-wrap:anywhere}
    .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1.25rem 0}
    .facts code{overflow-wrap:anywhere}
    .facts div{background:var(--surface);border:1px solid var(--grid);border-left:4px solid var(--line);
      border-radius:4px;padding:.5rem .75rem}
    .facts div.is-good{border-left-color:var(--good)}
    .facts div.is-warning{border-left:4px double var(--warning)}
    .facts div.is-bad{border-left:8px solid var(--bad)}
    .facts dt{color:var(--muted);font-size:.875rem}
    .facts dd{margin:0;font-size:1.125rem;font-weight:600;line-height:1.3}
    .facts dd.note{font-size:.875rem;font-weight:400;line-height:1.4}
    .facts dd.note.warning,.facts dd.note.bad{font-weight:600}
    .scroll{position:relative;overflow-x:auto;margin:.75rem 0}
    table{border-collapse:collapse;width:100%;font-size:.9375rem}
    caption{text-align:left;color:var(--muted);font-size:.875rem;padding:0 0 .35rem}
    th,td{padding:.35rem .75rem .35rem 0;vertical-align:top;text-align:left;border-bottom:1px solid var(--grid);
      overflow-wrap:break-word}
    th:first-child,td:first-child{padding-left:.5rem}
    thead th{background:var(--surface);border-bottom:2px solid var(--line);font-size:.875rem;white-space:nowrap}
    tbody th{font-weight:600}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .time{font-variant-numeric:tabular-nums;white-space:nowrap}
    .wide{min-width:16rem}
    .whole{white-space:nowrap}
    caption span{display:inline-block;position:sticky;left:0;max-width:calc(100vw - 2rem)}
    tr:target{background:var(--target);outline:3px solid var(--link);outline-offset:-3px}
    tr[id]{scroll-margin-top:2rem}
    footer{margin-top:3rem;border-top:1px solid var(--grid);color:var(--muted);font-size:.875rem}
    button{font:inherit;color:var(--text);background:var(--surface);border:1px solid var(--line);border-radius:4px;
      padding:.2rem .7rem;min-height:2rem;min-width:2rem;cursor:pointer}
    button:hover{background:var(--band)}
    button[aria-pressed=true]{border-width:2px;font-weight:600}
    button:disabled{opacity:.5;cursor:default}
    @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
    @media (max-width:40rem){
      html{font-size:15px}
      .about{grid-template-columns:1fr;gap:0}
      .about dd{margin-bottom:.4rem}
      .facts{grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.5rem}
      table{min-width:38rem}
      .stacked{min-width:0}
      .stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
      .stacked tr{display:grid;grid-template-columns:auto 1fr auto;gap:0 .75rem;padding:.35rem .5rem;
        border-bottom:1px solid var(--grid)}
      .stacked th,.stacked td{border:0;padding:0;min-width:0;text-align:left}
      .stacked td:nth-child(3){grid-area:3/1/4/3}
      .stacked td:nth-child(3) span:first-child::before{content:"recorded "}
      .stacked td:nth-child(4),.stacked td:nth-child(6){text-align:right}
      .stacked td:nth-child(4){grid-area:1/3/2/4}
      .stacked td:nth-child(5){grid-area:2/1/3/4}
      .stacked td:nth-child(6){grid-area:3/3/4/4}
    }
    @page{size:A4;margin:14mm 12mm 16mm;
      @bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#525c68}}
    @media print{
      html{font-size:9.5pt;line-height:1.4}
      h1{font-size:16pt}
      h2{font-size:12pt}
      body{padding:0;max-width:none}
      .skip,nav,.tools{display:none!important}
      .scroll{overflow:visible}
      a{color:inherit;text-decoration:none}
      h2{break-after:avoid;margin-top:1.25rem}
      .about{margin:.6rem 0}
      caption{break-after:avoid}
      table{font-size:8pt;min-width:0}
      th,td{padding:.2rem .5rem .2rem 0}
      thead{display:table-header-group;break-after:avoid}
      .short{break-inside:avoid}
      tr,.facts div,.chart,figcaption li{break-inside:avoid}
      .facts{grid-template-columns:repeat(4,1fr);gap:.4rem;margin:.6rem 0}
      caption span{position:static;max-width:none}
      .wide{min-width:0}
      tr:target{background:none;outline:none}
      *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }

    """#
}
