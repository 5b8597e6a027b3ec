// Shows new messages as they come: looks every second, and changes the page only when there is something new.
setInterval(async () => {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    const shown = document.querySelector("main");
    if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
  } catch {
    // The sandbox is not running; it may be back at the next look.
  }
}, 1000);
