const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: '2-digit' })

/** In the reader's zone. */
export const clockText = (time: Date): string => clock.format(time)
export const dayText = (time: Date): string => day.format(time)

/** @param at RFC 3339. */
export function timeText(at: string): string {
  const time = new Date(at)
  return `${dayText(time)} ${clockText(time)}`
}
