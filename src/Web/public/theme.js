// Runs before the first paint, so that a reader of the light theme never sees a dark flash.
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'dark'
