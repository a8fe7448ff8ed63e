/* How htmx behaves here; it reads this <meta> when the page has been read, after the scripts have run.
   It evaluates nothing and writes no style, as our content security policy asks; it keeps no copies of pages,
   which may be one person's; and it shows the answer 422, which is a form with its faults.
   Without it: there is no htmx either. */

const settings = document.createElement("meta");
settings.name = "htmx-config";
settings.content = JSON.stringify({
  allowEval: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  scrollIntoViewOnBoost: false,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});
document.head.append(settings);
