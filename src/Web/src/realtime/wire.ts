import type { Position } from './position'

export interface WatchRequest {
  readonly topic: string
  readonly epoch?: string
  readonly sequence?: number
}

export interface WatchAnswer {
  readonly topic: string
  readonly ref: number
  /** Set when refused. */
  readonly code?: string | null
}

/** One connection to the hub, from start to close; never reused. */
export interface Wire {
  start(): Promise<void>
  stop(): Promise<void>
  authenticate(token: string): Promise<void>
  watch(requests: WatchRequest[]): Promise<WatchAnswer[]>
  unwatch(refs: number[]): Promise<void>
}

export interface WireEvents {
  readonly onFrame: (frame: unknown) => void
  readonly onClose: () => void
}

export type OpenWire = (events: WireEvents) => Wire

export const requestFor = (topic: string, position: Position | null): WatchRequest =>
  position ? { topic, epoch: position.epoch, sequence: position.sequence } : { topic }
