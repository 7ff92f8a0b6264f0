/// How the drawing looks, beside the shared stylesheet.
enum TimelineStyle {
  static let style = #"""
    .purpose{font-size:1.125rem}
    .kind{font-size:.85em}
    .spoken{white-space:pre-line}
    .beside{width:114px;height:14px;vertical-align:-.15em}
    .beside .base{fill:var(--line)}.beside .own{fill:var(--bar)}
    .beside .middle{fill:var(--text)}
    .drawing{margin:.75rem 0}
    .tools{display:flex;flex-wrap:wrap;gap:.4rem;margin:0 0 .5rem}
    .tools .choice{display:flex;gap:.4rem;margin-left:auto}
    .chart{position:relative;display:flex;overflow-x:auto;overflow-y:hidden;border:1px solid var(--grid);border-radius:4px;
      padding:.4rem 0 .2rem}
    .chart.is-wide{cursor:grab}.chart.is-held{cursor:grabbing;user-select:none}
    .names{flex:none;width:11.8%;min-width:91px;position:sticky;left:0;z-index:1;background:var(--page)}
    .plot{flex:none;width:88.2%;min-width:682px}
    .plot,.names{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;display:block}
    .plot text,.names text{fill:var(--text)}
    .names .name{font-size:12px;font-weight:600}
    .plot .day{font-size:11px;font-weight:600}
    .plot .small,.names .small{font-size:10.5px;fill:var(--muted)}
    .plot .none .small{font-style:italic}
    .plot .warning{color:var(--warning)}.plot .warning text{fill:var(--warning)}
    .grid{stroke:var(--grid)}.rule{stroke:var(--grid)}
    .axis{stroke:var(--line)}
    .band{fill:var(--band)}
    .sample .band{stroke:var(--grid)}
    .bar>rect:not(.plate){stroke:var(--bar);stroke-width:1}
    .bar.failed>rect,.bar.caused>rect{stroke:var(--bad)}
    .bar.errored>rect,.bar.suspected>rect{stroke:var(--warning)}
    .bar.cancelled>rect,.bar.open>rect{stroke:var(--line)}
    .bar.open>rect,.bar.suspected>rect{stroke-dasharray:4 2}
    .bar.fixed>rect{stroke:var(--good)}
    .fill rect{fill:var(--page)}
    .fill.succeeded rect{fill:var(--bar)}
    .fill.ended rect{fill:var(--band)}
    .fill path{fill:none;stroke:var(--line);stroke-width:1.2}
    .fill.failed path,.fill.caused path{stroke:var(--bad)}
    .fill.caused path{stroke-width:1.8}
    .fill.errored path,.fill.suspected path{stroke:var(--warning)}
    .plate{fill:var(--page)}
    .bar text{paint-order:stroke;stroke:var(--page);stroke-width:3px}
    .bar .plate~text{stroke:none}
    .plot .warning text,.plot .none text{paint-order:stroke;stroke:var(--page);stroke-width:4px}
    .sign{color:var(--muted)}
    .bar.succeeded .sign,.bar.fixed .sign{color:var(--good)}
    .bar.failed .sign,.bar.caused .sign{color:var(--bad)}
    .bar.errored .sign,.bar.suspected .sign{color:var(--warning)}
    .bar .sign.is-back{color:var(--warning)}
    .warning .sign{color:inherit}
    .bar .taken{stroke:var(--warning);stroke-width:1.5;stroke-dasharray:3 2}
    .bar .taken-end{fill:var(--warning);stroke:var(--warning)}
    .bar:hover text,.mark:hover{text-decoration:underline}
    .bar:hover>rect:not(.plate){stroke-width:2}
    .mark{color:var(--bar)}
    .mark.good{color:var(--good)}.mark.warning{color:var(--warning)}.mark.bad{color:var(--bad)}
    .mark.annulled{color:var(--muted)}
    .mark .late{fill:none;stroke:var(--warning);stroke-width:1.1;stroke-dasharray:2 1.4}
    .mark .tick{stroke:currentColor;stroke-width:1.6}
    .mark .tick,.mark.stroke .shape{display:none}
    .mark.stroke .tick{display:inline}
    .mark:hover .shape{transform:scale(1.3)}
    .wait line,.wait path{stroke:var(--line);fill:none}
    .wait line{stroke-dasharray:2 2}
    .plot .length{font-size:10.5px;fill:var(--muted);paint-order:stroke;stroke:var(--page);stroke-width:4px}
    .break path.cut{fill:none;stroke:var(--page);stroke-width:7}
    .break rect.cut{fill:var(--page)}
    .break .zigzag{fill:none;stroke:var(--line)}
    .plot .break .length{font-weight:600;fill:var(--text)}
    .now line{stroke:var(--text);stroke-dasharray:6 3}
    figcaption{color:var(--muted);font-size:.875rem}
    .key{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;list-style:none;padding:0;margin:.5rem 0}
    .sample{vertical-align:-.15em;margin-right:.35em}
    @media (prefers-reduced-motion:no-preference){.mark .shape{transition:transform .1s}}
    @media print{
      .chart{overflow:visible;border:0;padding:0}
      .plot,.names{min-width:0!important}
      .names{position:static}
      .key{margin:.25rem 0}
      .pointer{display:none}
    }

    """#
}
