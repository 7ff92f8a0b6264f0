/// How the compliance report looks, beside the shared stylesheet.
enum ComplianceStyle {
  static let style = #"""
    body{max-width:84rem}
    .purpose{font-size:1.125rem}
    .draft{border:2px solid var(--bad);border-radius:4px;padding:.5rem .75rem}
    .checks ul{margin:.5rem 0;padding-left:1.25rem;max-width:48rem}
    code{font-family:ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace;font-size:.9em}
    .checks code,.note code{white-space:nowrap}
    .help{display:block;overflow-wrap:anywhere}
    .facts div.is-list{grid-column:1/-1}
    .facts .is-list dd{font-size:.9375rem;font-weight:400}
    .wide{overflow-wrap:anywhere}
    :is(td,th)>:is(.good,.warning,.bad,.plain){display:inline-block;position:relative;padding-left:1.3em}
    :is(td,th)>:is(.good,.warning,.bad,.plain)>.icon{position:absolute;left:0;top:.3em;margin:0}
    .cards td>.whole{display:inline-block}
    .tally{max-width:32rem}
    .share{display:block;width:100%;height:.7rem;margin-top:.4rem;min-width:3rem}
    .share .all{fill:var(--grid)}.share .part{fill:var(--bar)}
    .tools{display:flex;gap:.5rem}
    h3{display:inline;font-size:1rem;margin:0;overflow-wrap:anywhere}
    .deployment{border:1px solid var(--grid);border-radius:4px;margin:.6rem 0;padding:0 .75rem}
    .deployment[open]{padding-bottom:.5rem}
    .deployment:target{border-color:var(--link);outline:2px solid var(--link)}
    summary{cursor:pointer;margin:0 -.75rem;padding:.5rem .75rem;background:var(--surface);border-radius:4px}
    .deployment:target summary{background:var(--target)}
    .gist{display:block;padding-left:1.1rem;font-size:.9375rem}
    .deployment p{max-width:none;margin:.35rem 0}
    .found{margin:.35rem 0;padding-left:1.25rem;overflow-wrap:anywhere}
    .rest{color:var(--muted)}
    details,h2[id]{scroll-margin-top:1rem}
    @media screen and (max-width:80rem){
      .cards{font-size:.875rem}
      .cards th,.cards td{padding-right:.5rem}
      .cards .time,.cards td.whole{white-space:normal}
      .cards .wide{min-width:12rem}
    }
    @media screen and (max-width:56rem){
      .deployment{padding:0 .5rem}
      summary{margin:0 -.5rem;padding:.5rem}
      .cards,.small{min-width:0}
      .cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
      .cards,.cards tbody,.cards caption{display:block}
      .cards tr{display:block;padding:.4rem .5rem;border-bottom:1px solid var(--line)}
      .cards th[scope=row],.cards td{display:block;position:relative;border:0;padding:.1rem 0 .1rem 6.5rem;
        min-width:0!important;min-height:1.6em;text-align:left;white-space:normal;overflow-wrap:anywhere}
      .cards th[scope=row]::before,.cards td::before{content:attr(data-label);position:absolute;left:0;width:6rem;
        color:var(--muted);font-weight:400;font-size:.875rem}
      .cards td:empty{display:none}
    }
    @media print{
      details::details-content{content-visibility:visible;block-size:auto}
      .deployment{border:0;border-top:1px solid var(--line);border-radius:0;padding:0;margin:.9rem 0 0}
      .deployment:target{outline:none}
      summary,.deployment:target summary{display:block;background:none;margin:0;padding:.3rem 0;break-inside:avoid;
        break-after:avoid}
      summary::-webkit-details-marker{display:none}
      .gist{padding-left:0}
      .deployment .about{break-inside:avoid;break-after:avoid}
      .annex{break-before:page}
      .annex>section:first-child>h2{margin-top:0}
      .brief{columns:2;column-gap:6mm;font-size:7pt;line-height:1.25}
      .brief .deployment{margin:0;padding:.15rem 0 .2rem}
      .brief summary{padding:0}
      .brief h3{font-size:7.5pt}
      .brief .gist,.help{display:none}
      .cards th,.cards td{padding:.12rem .4rem .12rem 0}
      section[aria-labelledby=clauses] table{font-size:7pt;line-height:1.25}
      .brief p,.brief ul{margin:.1rem 0}
      .brief .found{padding-left:.9rem}
      :is(td,th)>:is(.good,.warning,.bad,.plain)>.icon{top:.22em}
      .tally{break-inside:avoid}
      .wide{min-width:8rem}
      footer{margin-top:.75rem}
      .checks code{white-space:normal}
    }

    """#
}
