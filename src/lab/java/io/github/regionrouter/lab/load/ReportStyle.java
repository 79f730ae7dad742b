package io.github.regionrouter.lab.load;

/** The look of the page: that of the status page. */
final class ReportStyle {

    static final String CSS = """
            :root { --page: #f5f6f8; --panel: #fff; --line: #e3e7ec; --ink: #1b2430; --soft: #566171; --bar: #8592a7;
              --good-mark: #2c9a5e; --wait: #825000; --wait-mark: #bd7200; --bad: #a8261d; --bad-mark: #c93a30; --calm-wash: #eceff3;
              --e0: #3a7bd9; --e1: #8a4fc7; --e2: #0f8a86; --e3: #b83d82;
              --e4: #c4560f; --e5: #4c8a1d; --e6: #7d5a3c; --e7: #515c6e;
              --low: #9dbcec; --mid: #3a7bd9; --high: #17407c; }
            @media (prefers-color-scheme: dark) {
              :root { --page: #10141a; --panel: #181e26; --line: #29313c; --ink: #e5eaf1; --soft: #9ba7b7; --bar: #7889a1;
                --good-mark: #43b87a; --wait: #f2c06a; --wait-mark: #e0a136; --bad: #ff9d94; --bad-mark: #ec6a5f;
                --calm-wash: #262e39; --e0: #5b95ee; --e1: #b58ae6; --e2: #3db8b2; --e3: #e583b6;
                --e4: #f2935a; --e5: #94c95f; --e6: #c9a17c; --e7: #aab4c3;
                --low: #39557f; --mid: #5b95ee; --high: #bcd5fb; }
            }
            * { box-sizing: border-box; }
            html { color-scheme: light dark; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
            body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
              font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
              font-variant-numeric: tabular-nums; }
            h1, h2, p, figure { margin: 0; padding: 0; }
            .wrap { max-width: 1120px; margin: 0 auto; padding: 20px 24px 40px; }
            .small { font-size: 13px; color: var(--soft); }
            .brand { font-weight: 600; color: var(--soft); }
            .headline { display: flex; gap: 14px; align-items: baseline; margin: 22px 0 4px; }
            .headline .dot { flex: none; width: 14px; height: 14px; border-radius: 50%; background: var(--mark); }
            [data-tone="good"] { --mark: var(--good-mark); } [data-tone="wait"] { --mark: var(--wait-mark); }
            [data-tone="bad"] { --mark: var(--bad-mark); }
            h1 { font-size: 26px; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; }
            h1 .rest { font-weight: 400; color: var(--soft); }
            .warn { color: var(--wait); margin-bottom: 4px; }
            .panel { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; margin-top: 20px;
              overflow: hidden; min-width: 0; }
            .panel > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; padding: 16px 20px 12px; }
            .panel > header .small { margin-left: auto; }
            h2 { font-size: 18px; line-height: 1.3; font-weight: 650; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 1px; background: var(--line); }
            .tiles > div { background: var(--panel); padding: 14px 20px; }
            .value { font-size: 24px; line-height: 1.3; font-weight: 600; letter-spacing: -.01em; }
            .pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 20px; }
            .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; }
            .legend span { display: inline-flex; align-items: center; gap: 7px; }
            .legend i, th i { display: inline-block; flex: none; width: 10px; height: 10px; border-radius: 2px; }
            .name { display: flex; align-items: baseline; gap: 8px; }
            i.served { background: var(--bar); } i.throttled { background: var(--wait-mark); } i.failed { background: var(--bad-mark); }
            i.left { background: var(--soft); }
            i.p50 { background: var(--low); } i.p95 { background: var(--mid); } i.p99 { background: var(--high); }
            .pair > .panel { display: flex; flex-direction: column; } .pair figure { margin-top: auto; }
            figure { padding: 0 20px 14px; }
            figure.narrow { display: none; }
            svg { display: block; width: 100%; height: auto; }
            svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
              fill: var(--soft); font-variant-numeric: tabular-nums; }
            .end { text-anchor: end; } .middle { text-anchor: middle; }
            .grid { stroke: var(--line); } .base { stroke: var(--bar); }
            rect.served { fill: var(--bar); } rect.throttled { fill: var(--wait-mark); } rect.failed { fill: var(--bad-mark); }
            .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
            .line.p50 { stroke: var(--low); } .line.p95 { stroke: var(--mid); } .line.p99 { stroke: var(--high); }
            .dot.p50 { fill: var(--low); } .dot.p95 { fill: var(--mid); } .dot.p99 { fill: var(--high); }
            .line.e0 { stroke: var(--e0); } .line.e1 { stroke: var(--e1); } .line.e2 { stroke: var(--e2); }
            .line.e3 { stroke: var(--e3); } .line.e4 { stroke: var(--e4); } .line.e5 { stroke: var(--e5); }
            .line.e6 { stroke: var(--e6); } .line.e7 { stroke: var(--e7); }
            .line.d1 { stroke-dasharray: 7 4; } .line.d2 { stroke-dasharray: 2 3; } .line.d3 { stroke-dasharray: 10 3 2 3; }
            .line.d4 { stroke-dasharray: 15 4; } .line.d5 { stroke-dasharray: 10 3 2 3 2 3; }
            .line.d1, .line.d2, .line.d3, .line.d4, .line.d5 { stroke-linecap: butt; }
            svg.mark { display: inline-block; flex: none; width: 26px; height: 10px; }
            .hit { fill: transparent; } .hit:hover { fill: var(--bar); fill-opacity: .18; }
            .scroll { overflow-x: auto; }
            table { width: 100%; border-collapse: collapse; font-size: 13px; overflow-wrap: normal; }
            th, td { padding: 9px 8px; border-top: 1px solid var(--line); text-align: right; white-space: nowrap; }
            thead th { background: var(--page); color: var(--soft); font-size: 12px; font-weight: 600; }
            th:first-child { text-align: left; padding-left: 20px; }
            tbody th { font-weight: 600; white-space: normal; overflow-wrap: anywhere; min-width: 190px; }
            th:last-child, td:last-child { padding-right: 20px; }
            td.throttled { color: var(--wait); font-weight: 600; } td.failed { color: var(--bad); font-weight: 600; }
            td.left { color: var(--wait); font-weight: 600; }
            .detail { display: block; font-weight: 400; margin: 2px 0 0 18px; }
            footer { margin-top: 22px; } footer p { margin-top: 4px; }
            @media (max-width: 820px) { .pair { grid-template-columns: minmax(0, 1fr); } }
            @media (max-width: 560px) {
              .wrap { padding: 14px 12px 32px; }
              .headline { margin-top: 12px; gap: 10px; } .headline .dot { width: 12px; height: 12px; }
              h1 { font-size: 20px; }
              .panel > header { padding: 14px 14px 10px; } .panel > header .small { margin-left: 0; width: 100%; }
              .tiles { grid-template-columns: 1fr 1fr; } .tiles > div { padding: 12px 14px; } .value { font-size: 20px; }
              figure { padding: 0 14px 12px; } figure.wide { display: none; } figure.narrow { display: block; }
              th:first-child { padding-left: 14px; }
            }
            @media print { body { background: #fff; } .panel { break-inside: avoid; } }
            """;

    private ReportStyle() {}
}
