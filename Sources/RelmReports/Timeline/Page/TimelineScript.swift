/// What makes the drawing move. The page is whole without it.
///
/// A zoom makes the drawing wider and leaves its words as they are: everything that has a `data-x` moves to that place
/// times the zoom. The chart itself scrolls, so that panning by touch, wheel and arrow keys is the browser's own.
enum TimelineScript {
  static let script = #"""
    (() => {
      'use strict';
      const steps = [60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2419200, 7257600,
        31449600];
      const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
      const most = 64, width = 852, share = 88.2, least = 682, pitch = 12;
      const make = (parent, name, attributes, words) => {
        const node = document.createElementNS('http://www.w3.org/2000/svg', name);
        for (const key in attributes) node.setAttribute(key, attributes[key]);
        if (words) node.textContent = words;
        parent.append(node);
      };
      const day = date => date.getUTCDate() + ' ' + months[date.getUTCMonth()];
      const time = date => date.toISOString().slice(11, 16);

      const charts = [...document.querySelectorAll('.chart')].map(box => {
        const plot = box.querySelector('.plot'), ticks = plot.querySelector('.ticks');
        const height = +plot.getAttribute('viewBox').split(' ')[3], bottom = +plot.dataset.bottom;
        const stretches = plot.dataset.scale.split(' ').map(one => one.split(',').map(Number));
        const moving = [...plot.querySelectorAll('[data-x]')];
        const lanes = [...plot.querySelectorAll('.marks')];
        const roomy = [...plot.querySelectorAll('[data-need]')];
        const chart = {box, zoom: 1};

        const year = new Date(stretches[0][4] * 1000).getUTCFullYear();

        const axis = zoom => {
          ticks.replaceChildren();
          stretches.forEach(([left, right, first, last, start]) => {
            const scale = (right - left) * zoom / (last - first);
            const step = steps.find(one => one * scale >= 60) || steps[steps.length - 1];
            const put = (seconds, isStart, before) => {
              const x = left * zoom + (seconds - first) * scale, date = new Date(seconds * 1000);
              make(ticks, 'line', {class: 'grid', x1: x, x2: x, y1: 16, y2: bottom});
              let words = day(date);
              if (date.getUTCFullYear() !== year) words += ' ' + date.getUTCFullYear();
              const where = x + 44 > width * zoom ? {x: x - 3, 'text-anchor': 'end'} : {x: x + 3};
              if (day(date) !== before) make(ticks, 'text', {class: 'day', y: 12, ...where}, words);
              if (isStart || step < 86400) make(ticks, 'text', {class: 'small', y: 26, ...where}, time(date));
              return day(date);
            };
            let before = put(start, true, '');
            const offset = step >= 604800 ? 345600 : 0;
            for (let at = Math.ceil((first - offset) / step) * step + offset; at <= last; at += step) {
              const x = (at - first) * scale, wide = (right - left) * zoom;
              if (x < 60 || x > wide - (step < 86400 ? 30 : 40)) continue;
              before = put(at, false, before);
            }
          });
        };

        // As DrawnMarks does it: urgent ones first, each in the first row with room; the rest are strokes.
        const arrange = (lane, zoom) => {
          const top = +lane.dataset.top, rows = Array.from({length: +lane.dataset.rows}, () => []);
          const marks = [...lane.children];
          for (const urgent of [true, false]) for (const mark of marks) {
            if (('urgent' in mark.dataset) !== urgent) continue;
            const x = mark.dataset.x * zoom;
            const row = rows.findIndex(taken => taken.every(other => Math.abs(other - x) >= pitch));
            if (row >= 0) rows[row].push(x);
            const y = row >= 0 ? top + (row + .5) * pitch : top + rows.length * pitch + 4;
            mark.classList.toggle('stroke', row < 0);
            mark.dataset.y = y;
          }
        };

        chart.draw = (zoom, at) => {
          zoom = Math.min(most, Math.max(1, zoom));
          const names = box.querySelector('.names').getBoundingClientRect().width;
          if (at === undefined) at = (box.clientWidth + names) / 2;
          const before = plot.getBoundingClientRect().width;
          const part = (box.scrollLeft + at - names) / before;
          chart.zoom = zoom;
          plot.setAttribute('viewBox', `0 0 ${width * zoom} ${height}`);
          plot.style.width = share * zoom + '%';
          plot.style.minWidth = least * zoom + 'px';
          for (const lane of lanes) arrange(lane, zoom);
          for (const node of moving) {
            const x = node.dataset.x * zoom, w = node.dataset.w * zoom;
            if (node.localName === 'rect') {
              node.setAttribute('x', x);
              node.setAttribute('width', Math.max(+node.dataset.min || 0, w));
            } else if (node.localName === 'line') {
              node.setAttribute('x1', x);
              node.setAttribute('x2', x + w);
            } else node.setAttribute('transform', `translate(${x} ${node.dataset.y})`);
          }
          for (const node of roomy)
            node.setAttribute('display', node.dataset.need > node.dataset.room * zoom ? 'none' : 'inline');
          axis(zoom);
          box.classList.toggle('is-wide', zoom > 1);
          box.scrollLeft = part * plot.getBoundingClientRect().width - at + names;
          update();
        };

        box.addEventListener('wheel', event => {
          if (!event.ctrlKey) return;
          event.preventDefault();
          const at = event.clientX - box.getBoundingClientRect().left;
          chart.draw(chart.zoom * Math.exp(-event.deltaY / 300), at);
        }, {passive: false});
        box.addEventListener('keydown', event => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const zoom = {'+': chart.zoom * 1.5, '=': chart.zoom * 1.5, '-': chart.zoom / 1.5, '0': 1}[event.key];
          const move = {ArrowLeft: -80, ArrowRight: 80}[event.key];
          if (!zoom && !move) return;
          event.preventDefault();
          if (zoom) chart.draw(zoom); else box.scrollLeft += move;
        });

        let held = null, moved = false;
        box.addEventListener('pointerdown', event => {
          moved = false;
          if (event.button === 0 && event.pointerType === 'mouse') held = {x: event.clientX, from: box.scrollLeft};
        });
        window.addEventListener('pointermove', event => {
          if (!held) return;
          if (Math.abs(event.clientX - held.x) > 4) moved = true;
          if (!moved) return;
          box.classList.add('is-held');
          box.scrollLeft = held.from + held.x - event.clientX;
        });
        window.addEventListener('pointerup', () => {
          held = null;
          box.classList.remove('is-held');
        });
        box.addEventListener('dragstart', event => event.preventDefault());
        box.addEventListener('click', event => {
          if (moved) event.preventDefault();
        }, true);
        return chart;
      });
      const shown = () => charts.find(chart => !chart.box.hidden);

      const tools = document.querySelector('.tools');
      const update = () => {
        tools.querySelector('[data-do=in]').disabled = shown().zoom >= most;
        for (const name of ['out', 'reset']) tools.querySelector(`[data-do=${name}]`).disabled = shown().zoom <= 1;
      };
      tools.hidden = false;
      update();
      tools.addEventListener('click', event => {
        const button = event.target.closest('button');
        if (!button) return;
        const chart = shown(), action = button.dataset.do;
        if (action) chart.draw({in: chart.zoom * 1.5, out: chart.zoom / 1.5, reset: 1}[action]);
        const wanted = button.dataset.chart;
        if (!wanted) return;
        for (const other of charts) other.box.hidden = other.box.id !== 'chart-' + wanted;
        for (const other of tools.querySelectorAll('[data-chart]'))
          other.setAttribute('aria-pressed', String(other === button));
        document.querySelector('.cut-note').hidden = wanted !== 'compressed';
        update();
      });
      // Paper shows all of it.
      window.addEventListener('beforeprint', () => {
        if (shown().zoom > 1) shown().draw(1);
      });
    })();

    """#
}
