/** Counters for tests and for support (`window.__rt.stats`). */
export interface Stats {
  connects: number
  disconnects: number
  frames: number
  snapshots: number
  deltas: number
  drops: number
  holes: number
  resets: number
  resumes: number
  lastFrameAt: number | null
}

export const newStats = (): Stats => ({
  connects: 0,
  disconnects: 0,
  frames: 0,
  snapshots: 0,
  deltas: 0,
  drops: 0,
  holes: 0,
  resets: 0,
  resumes: 0,
  lastFrameAt: null,
})
