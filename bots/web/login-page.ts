import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** The form that asks for the password; it works without any script. */
export function loginPage({
  styles,
  problem,
}: {
  styles: string
  problem: string | null
}): HtmlEscapedString | Promise<HtmlEscapedString> {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sign in – Rowbot</title>
<link rel="stylesheet" href="${styles}">
</head>
<body class="login">
<main>
<form method="post" action="/login" class="login-form">
<h1>Rowbot</h1>
<p>This console is protected by a password.</p>
${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
<input name="username" autocomplete="username" value="rowbot" hidden>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
<button type="submit" class="primary">Sign in</button>
</form>
</main>
</body>
</html>`
}
