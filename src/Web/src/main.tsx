import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './app/App'
import { keepRenewing } from './session/renewal'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root.')
keepRenewing()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
