import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr'
import type { OpenWire, WatchAnswer } from './wire'

/** The token is sent inside the connection: an address ends up in logs. */
export const openSignalR: OpenWire = events => {
  const hub = new HubConnectionBuilder().withUrl('/hub').configureLogging(LogLevel.None).build()
  hub.serverTimeoutInMilliseconds = 35_000
  hub.on('f', events.onFrame)
  hub.onclose(events.onClose)
  return {
    start: () => hub.start(),
    stop: () => hub.stop(),
    authenticate: token => hub.invoke('Authenticate', token),
    watch: requests => hub.invoke<WatchAnswer[]>('Watch', requests),
    unwatch: refs => hub.invoke('Unwatch', refs),
  }
}
