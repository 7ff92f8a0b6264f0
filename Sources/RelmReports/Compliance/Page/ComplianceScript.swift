/// What opens deployments for a printer and for whom it is too much to open each. The page is whole without it.
enum ComplianceScript {
  static let script = #"""
    (() => {
      'use strict';
      const all = [...document.querySelectorAll('details')];
      let closed = [];
      addEventListener('beforeprint', () => {
        closed = all.filter(one => !one.open);
        closed.forEach(one => { one.open = true; });
      });
      addEventListener('afterprint', () => closed.forEach(one => { one.open = false; }));
      document.querySelectorAll('[data-open]').forEach(button => {
        button.parentNode.hidden = false;
        button.addEventListener('click', () => all.forEach(one => { one.open = button.dataset.open === 'yes'; }));
      });
      const reveal = () => {
        const place = document.getElementById(location.hash.slice(1)), around = place && place.closest('details');
        if (around && !around.open) {
          around.open = true;
          place.scrollIntoView();
        }
      };
      addEventListener('hashchange', reveal);
      reveal();
    })();

    """#
}
