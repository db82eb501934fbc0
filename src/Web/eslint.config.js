import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'

export default defineConfig(
  globalIgnores(['dist', 'src/api/schema.d.ts']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  hooks.configs.flat.recommended,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A handler that returns what it calls is the shortest way to say it.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // An interface may ask for a promise that has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Misreads `this.#field ??= value` as a field that nobody reads.
      'no-unused-private-class-members': 'off',
    },
  },
)
