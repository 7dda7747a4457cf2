/** The words of rewrites, to the letter. */
import { describe, expect, it } from 'vitest';
import { fetch, fixed, HEADER, META, OWN_FETCH, rulesIn, SENT, TOKEN_URL } from '../../testing/powershell';

const TTL = '"X-aws-ec2-metadata-token-ttl-seconds"';
const SEND = `-Headers ${SENT}`;

// prettier-ignore
const REWRITES: readonly (readonly [name: string, script: string, expected: string])[] = [
  [
    'a call',
    `$id = Invoke-RestMethod -Uri ${META}/instance-id\n`,
    `${fetch()}\n$id = Invoke-RestMethod ${SEND} -Uri ${META}/instance-id\n`,
  ],
  [
    'two calls',
    `$id = irm ${META}/instance-id\n$az = irm ${META}/placement/availability-zone\n`,
    `${fetch()}\n$id = irm ${SEND} ${META}/instance-id\n$az = irm ${SEND} ${META}/placement/availability-zone\n`,
  ],
  [
    'Invoke-WebRequest',
    `$id = (Invoke-WebRequest -UseBasicParsing ${META}/instance-id).Content\n`,
    `${fetch()} -UseBasicParsing\n$id = (Invoke-WebRequest ${SEND} -UseBasicParsing ${META}/instance-id).Content\n`,
  ],
  [
    'parameters that go along',
    `$id = irm ${META}/instance-id -TimeoutSec 5 -ErrorAction Stop -UseBasicParsing\n`,
    `${fetch()} -TimeoutSec 5 -UseBasicParsing -ErrorAction Stop\n$id = irm ${SEND} ${META}/instance-id -TimeoutSec 5 -ErrorAction Stop -UseBasicParsing\n`,
  ],
  [
    'single quotes',
    `$a = 'x'\n$b = 'y'\n$id = irm '${META}/instance-id'\n`,
    `$a = 'x'\n$b = 'y'\n[string]$token = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token-ttl-seconds' = '300'} -Method PUT -Uri ${TOKEN_URL}\n$id = irm -Headers @{'X-aws-ec2-metadata-token' = $token} '${META}/instance-id'\n`,
  ],
  [
    'lines with backticks',
    `$id = Invoke-RestMethod \`\n    -Uri ${META}/instance-id \`\n    -UseBasicParsing\n`,
    `${fetch()} -UseBasicParsing\n$id = Invoke-RestMethod \`\n    ${SEND} \`\n    -Uri ${META}/instance-id \`\n    -UseBasicParsing\n`,
  ],
  [
    'indented',
    `if ($true) {\n    $id = irm ${META}/instance-id\n}\n`,
    `if ($true) {\n    ${fetch()}\n    $id = irm ${SEND} ${META}/instance-id\n}\n`,
  ],
  [
    'tabs',
    `if ($x) {\n\t$id = irm ${META}/instance-id\n}\n`,
    `if ($x) {\n\t${fetch()}\n\t$id = irm ${SEND} ${META}/instance-id\n}\n`,
  ],
  [
    'in one line',
    `if ($x) { $id = irm ${META}/instance-id }\n`,
    `if ($x) { ${fetch()}; $id = irm ${SEND} ${META}/instance-id }\n`,
  ],
  [
    'behind a semicolon',
    `$x = 1; $id = irm ${META}/instance-id\n`,
    `$x = 1; ${fetch()}; $id = irm ${SEND} ${META}/instance-id\n`,
  ],
  [
    'both branches',
    `if ($x) {\n  irm ${META}/a\n} else {\n  irm ${META}/b\n}\n`,
    `${fetch()}\nif ($x) {\n  irm ${SEND} ${META}/a\n} else {\n  irm ${SEND} ${META}/b\n}\n`,
  ],
  [
    'in a condition',
    `if (irm ${META}/a) {\n  Get-Date\n}\n`,
    `${fetch()}\nif (irm ${SEND} ${META}/a) {\n  Get-Date\n}\n`,
  ],
  [
    'in elseif',
    `if ($x) {\n  1\n} elseif (irm ${META}/a) {\n  2\n}\n`,
    `${fetch()}\nif ($x) {\n  1\n} elseif (irm ${SEND} ${META}/a) {\n  2\n}\n`,
  ],
  [
    'a function',
    `function Get-Id {\n  Invoke-RestMethod ${META}/instance-id\n}\nGet-Id\n`,
    `function Get-Id {\n  ${fetch()}\n  Invoke-RestMethod ${SEND} ${META}/instance-id\n}\nGet-Id\n`,
  ],
  [
    'a function with a param block',
    `function Get-Meta {\n  param(\n    [string]$Path\n  )\n  return Invoke-RestMethod "${META}/$Path"\n}\nGet-Meta a\nGet-Meta b\n`,
    `function Get-Meta {\n  param(\n    [string]$Path\n  )\n  ${fetch()}\n  return Invoke-RestMethod ${SEND} "${META}/$Path"\n}\nGet-Meta a\nGet-Meta b\n`,
  ],
  [
    'function and script',
    `function Get-Id { irm ${META}/instance-id }\n$az = irm ${META}/az\n`,
    `function Get-Id { ${fetch()}; irm ${SEND} ${META}/instance-id }\n${fetch()}\n$az = irm ${SEND} ${META}/az\n`,
  ],
  [
    'try',
    `try {\n  $id = irm ${META}/instance-id\n} catch {\n  Write-Host none\n}\n`,
    `try {\n  ${fetch()}\n  $id = irm ${SEND} ${META}/instance-id\n} catch {\n  Write-Host none\n}\n`,
  ],
  [
    'try each',
    `try { $a = irm ${META}/a } catch { }\ntry { $b = irm ${META}/b } catch { }\n`,
    `try { ${fetch()}; $a = irm ${SEND} ${META}/a } catch { }\ntry { ${fetch()}; $b = irm ${SEND} ${META}/b } catch { }\n`,
  ],
  [
    'a loop over names',
    `foreach ($p in 'a', 'b') {\n  irm "${META}/$p"\n}\n`,
    `[string]$token = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token-ttl-seconds' = '300'} -Method PUT -Uri ${TOKEN_URL}\nforeach ($p in 'a', 'b') {\n  irm -Headers @{'X-aws-ec2-metadata-token' = $token} "${META}/$p"\n}\n`,
  ],
  [
    'a loop without end',
    `while ($true) {\n  $a = irm ${META}/spot/instance-action\n  Start-Sleep -Seconds 5\n}\n`,
    `while ($true) {\n  ${fetch()}\n  $a = irm ${SEND} ${META}/spot/instance-action\n  Start-Sleep -Seconds 5\n}\n`,
  ],
  [
    'a waiting loop',
    `do {\n  $id = irm ${META}/instance-id\n  Start-Sleep 1\n} until ($id)\n`,
    `do {\n  ${fetch()}\n  $id = irm ${SEND} ${META}/instance-id\n  Start-Sleep 1\n} until ($id)\n`,
  ],
  [
    'a waiting condition',
    `while (-not (irm ${META}/instance-id)) { Start-Sleep 1 }\n`,
    `while (-not (irm -Headers @{"X-aws-ec2-metadata-token" = (Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"} -Method PUT -Uri ${TOKEN_URL})} ${META}/instance-id)) { Start-Sleep 1 }\n`,
  ],
  [
    'ForEach-Object',
    `'a', 'b' | ForEach-Object {\n  irm "${META}/$_"\n}\n`,
    `[string]$token = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token-ttl-seconds' = '300'} -Method PUT -Uri ${TOKEN_URL}\n'a', 'b' | ForEach-Object {\n  irm -Headers @{'X-aws-ec2-metadata-token' = $token} "${META}/$_"\n}\n`,
  ],
  [
    'ForEach-Object in parallel',
    `1..2 | ForEach-Object -Parallel {\n  irm "${META}/$_"\n}\n`,
    `1..2 | ForEach-Object -Parallel {\n  ${fetch()}\n  irm ${SEND} "${META}/$_"\n}\n`,
  ],
  [
    'a job',
    `Start-Job -ScriptBlock {\n  irm ${META}/a\n}\n`,
    `Start-Job -ScriptBlock {\n  ${fetch()}\n  irm ${SEND} ${META}/a\n}\n`,
  ],
  [
    'a block that a variable holds',
    `$b = {\n  irm ${META}/a\n}\nStart-Job $b\n`,
    `$b = {\n  ${fetch()}\n  irm ${SEND} ${META}/a\n}\nStart-Job $b\n`,
  ],
  [
    'a default of a parameter',
    `param(\n  [string]$Id = (irm ${META}/instance-id)\n)\n`,
    `param(\n  [string]$Id = (irm -Headers @{"X-aws-ec2-metadata-token" = (Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"} -Method PUT -Uri ${TOKEN_URL})} ${META}/instance-id)\n)\n`,
  ],
  [
    'a string',
    `Write-Host "id $(irm ${META}/instance-id)"\n`,
    `${fetch()}\nWrite-Host "id $(irm ${SEND} ${META}/instance-id)"\n`,
  ],
  [
    'a hash table',
    `$o = @{\n  Id = irm ${META}/instance-id\n}\n`,
    `${fetch()}\n$o = @{\n  Id = irm ${SEND} ${META}/instance-id\n}\n`,
  ],
  [
    'a token in scope',
    `${OWN_FETCH}\n$a = irm ${META}/a -Headers @{${HEADER} = $t}\n$b = irm ${META}/b\n`,
    `${OWN_FETCH}\n$a = irm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n$b = irm -Headers @{'X-aws-ec2-metadata-token' = $t} ${META}/b\n`,
  ],
  [
    'a token fetched in vain',
    `${OWN_FETCH}\n$b = irm ${META}/b\n`,
    `${OWN_FETCH}\n$b = irm -Headers @{'X-aws-ec2-metadata-token' = $t} ${META}/b\n`,
  ],
  [
    'a token of a function',
    `function Get-Token {\n  $token = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{${TTL} = "60"}\n  irm ${META}/a -Headers @{${HEADER} = $token}\n}\n$b = irm ${META}/b\n`,
    `function Get-Token {\n  $token = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "60"}\n  irm ${META}/a ${SEND}\n}\n${fetch()}\n$b = irm ${SEND} ${META}/b\n`,
  ],
  [
    'a name that is taken',
    `$token = Get-Secret\n$b = irm ${META}/b\n`,
    `$token = Get-Secret\n[string]$imdsToken = Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"} -Method PUT -Uri ${TOKEN_URL}\n$b = irm -Headers @{"X-aws-ec2-metadata-token" = $imdsToken} ${META}/b\n`,
  ],
  [
    'two names that are taken',
    `$Token = Get-Secret\n$imdsToken = 1\n$b = irm ${META}/b\n`,
    `$Token = Get-Secret\n$imdsToken = 1\n[string]$ec2ImdsToken = Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"} -Method PUT -Uri ${TOKEN_URL}\n$b = irm -Headers @{"X-aws-ec2-metadata-token" = $ec2ImdsToken} ${META}/b\n`,
  ],
  [
    'headers at the call',
    `$b = irm ${META}/b -Headers @{ Accept = "text/plain" }\n`,
    `${fetch()}\n$b = irm ${META}/b -Headers @{ "X-aws-ec2-metadata-token" = $token; Accept = "text/plain" }\n`,
  ],
  [
    'headers at the call over lines',
    `$b = irm ${META}/b -Headers @{\n  Accept = "text/plain"\n}\n`,
    `${fetch()}\n$b = irm ${META}/b -Headers @{\n  "X-aws-ec2-metadata-token" = $token\n  Accept = "text/plain"\n}\n`,
  ],
  [
    'no headers at the call',
    `$b = irm ${META}/b -Headers @{}\n`,
    `${fetch()}\n$b = irm ${META}/b ${SEND}\n`,
  ],
  [
    'headers in a variable',
    `$h = @{ Accept = "text/plain" }\n$b = irm ${META}/b -Headers $h\n`,
    `${fetch()}\n$h = @{ "X-aws-ec2-metadata-token" = $token; Accept = "text/plain" }\n$b = irm ${META}/b -Headers $h\n`,
  ],
  [
    'headers in a variable for two',
    `$h = @{ Accept = "text/plain" }\n$b = irm ${META}/b -Headers $h\n$c = irm ${META}/c -Headers $h\n`,
    `${fetch()}\n$h = @{ "X-aws-ec2-metadata-token" = $token; Accept = "text/plain" }\n$b = irm ${META}/b -Headers $h\n$c = irm ${META}/c -Headers $h\n`,
  ],
  [
    'headers for other hosts too',
    `$h = @{ Accept = "text/plain" }\n$b = irm ${META}/b -Headers $h\n$c = irm https://example.com/c -Headers $h\n`,
    `$h = @{ Accept = "text/plain" }\n${fetch()}\n$b = irm ${META}/b -Headers ($h + ${SENT})\n$c = irm https://example.com/c -Headers $h\n`,
  ],
  [
    'splatting',
    `$p = @{\n  Uri = "${META}/a"\n  Method = "GET"\n}\n$a = Invoke-RestMethod @p\n`,
    `$p = @{\n  Uri = "${META}/a"\n  Method = "GET"\n}\n${fetch()}\n$a = Invoke-RestMethod ${SEND} @p\n`,
  ],
  [
    'splatting with headers',
    `$p = @{ Uri = "${META}/a"; Headers = @{ Accept = "text/plain" } }\n$a = irm @p\n`,
    `${fetch()}\n$p = @{ Uri = "${META}/a"; Headers = @{ "X-aws-ec2-metadata-token" = $token; Accept = "text/plain" } }\n$a = irm @p\n`,
  ],
  [
    'an address with a dated version',
    `irm http://169.254.169.254/2016-09-02/meta-data/a\n`,
    `${fetch()}\nirm ${SEND} http://169.254.169.254/2016-09-02/meta-data/a\n`,
  ],
  [
    'IPv6',
    `irm "http://[fd00:ec2::254]/latest/meta-data/a"\n`,
    `[string]$token = Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"} -Method PUT -Uri "http://[fd00:ec2::254]/latest/api/token"\nirm ${SEND} "http://[fd00:ec2::254]/latest/meta-data/a"\n`,
  ],
  [
    'no scheme',
    `irm 169.254.169.254/latest/meta-data/a\n`,
    `${fetch()}\nirm ${SEND} 169.254.169.254/latest/meta-data/a\n`,
  ],
  [
    'WebClient',
    `$wc = New-Object System.Net.WebClient\n$a = $wc.DownloadString("${META}/a")\n`,
    `${fetch()}\n$wc = New-Object System.Net.WebClient\n$wc.Headers.Add("X-aws-ec2-metadata-token", $token)\n$a = $wc.DownloadString("${META}/a")\n`,
  ],
  [
    'WebClient for two',
    `$wc = New-Object System.Net.WebClient\n$a = $wc.DownloadString("${META}/a")\n$b = $wc.DownloadString("${META}/b")\n`,
    `${fetch()}\n$wc = New-Object System.Net.WebClient\n$wc.Headers.Add("X-aws-ec2-metadata-token", $token)\n$a = $wc.DownloadString("${META}/a")\n$b = $wc.DownloadString("${META}/b")\n`,
  ],
  [
    'WebClient for other hosts too',
    `$wc = New-Object System.Net.WebClient\n$a = $wc.DownloadString("${META}/a")\n$wc.DownloadFile("https://example.com/x", "C:\\x")\n`,
    `$wc = New-Object System.Net.WebClient\n${fetch()}\n$imdsClient = New-Object System.Net.WebClient\n$imdsClient.Headers.Add("X-aws-ec2-metadata-token", $token)\n$a = $imdsClient.DownloadString("${META}/a")\n$wc.DownloadFile("https://example.com/x", "C:\\x")\n`,
  ],
  [
    'WebClient at once',
    `$a = (New-Object Net.WebClient).DownloadString("${META}/a")\n`,
    `${fetch()}\n$imdsClient = New-Object Net.WebClient\n$imdsClient.Headers.Add("X-aws-ec2-metadata-token", $token)\n$a = $imdsClient.DownloadString("${META}/a")\n`,
  ],
  [
    'WebClient at once, twice',
    `$a = (New-Object Net.WebClient).DownloadString("${META}/a")\n$b = (New-Object Net.WebClient).DownloadString("${META}/b")\n`,
    `${fetch()}\n$imdsClient = New-Object Net.WebClient\n$imdsClient.Headers.Add("X-aws-ec2-metadata-token", $token)\n$a = $imdsClient.DownloadString("${META}/a")\n$imdsClient = New-Object Net.WebClient\n$imdsClient.Headers.Add("X-aws-ec2-metadata-token", $token)\n$b = $imdsClient.DownloadString("${META}/b")\n`,
  ],
  [
    'HttpClient',
    `$c = [System.Net.Http.HttpClient]::new()\n$a = $c.GetStringAsync("${META}/a").Result\n`,
    `${fetch()}\n$c = [System.Net.Http.HttpClient]::new()\n$c.DefaultRequestHeaders.Add("X-aws-ec2-metadata-token", $token)\n$a = $c.GetStringAsync("${META}/a").Result\n`,
  ],
  [
    'WebRequest',
    `$r = [System.Net.WebRequest]::Create("${META}/a")\n$a = $r.GetResponse()\n`,
    `${fetch()}\n$r = [System.Net.WebRequest]::Create("${META}/a")\n$r.Headers.Add("X-aws-ec2-metadata-token", $token)\n$a = $r.GetResponse()\n`,
  ],
  [
    'WebRequest whose failure is caught',
    `$r = [Net.WebRequest]::Create("${META}/a")\n$r.Timeout = 50\ntry {\n  $a = $r.GetResponse()\n} catch {\n  $a = 1\n}\n`,
    `$r = [Net.WebRequest]::Create("${META}/a")\n$r.Timeout = 50\ntry {\n  ${fetch()}\n  $r.Headers.Set("X-aws-ec2-metadata-token", $token)\n  $a = $r.GetResponse()\n} catch {\n  $a = 1\n}\n`,
  ],
  [
    'WebClient in a loop that waits',
    `$wc = New-Object Net.WebClient\nwhile (!$a) {\n  $a = $wc.DownloadString("${META}/a")\n  sleep 1\n}\n`,
    `$wc = New-Object Net.WebClient\nwhile (!$a) {\n  ${fetch()}\n  $wc.Headers.Set("X-aws-ec2-metadata-token", $token)\n  $a = $wc.DownloadString("${META}/a")\n  sleep 1\n}\n`,
  ],
  [
    'HttpRequestMessage',
    `$c = [System.Net.Http.HttpClient]::new()\n$m = [System.Net.Http.HttpRequestMessage]::new("GET", "${META}/a")\n$r = $c.SendAsync($m).Result\n`,
    `$c = [System.Net.Http.HttpClient]::new()\n${fetch()}\n$m = [System.Net.Http.HttpRequestMessage]::new("GET", "${META}/a")\n$m.Headers.Add("X-aws-ec2-metadata-token", $token)\n$r = $c.SendAsync($m).Result\n`,
  ],
  [
    'curl.exe',
    `$a = curl.exe -s ${META}/a\n`,
    `${fetch()}\n$a = curl.exe -H "X-aws-ec2-metadata-token: $token" -s ${META}/a\n`,
  ],
  [
    'curl.exe over lines',
    `$a = curl.exe -s \`\n  ${META}/a\n`,
    `${fetch()}\n$a = curl.exe -H "X-aws-ec2-metadata-token: $token" -s \`\n  ${META}/a\n`,
  ],
  [
    'curl with options of its own',
    `$a = curl -s ${META}/a\n`,
    `${fetch()}\n$a = curl -H "X-aws-ec2-metadata-token: $token" -s ${META}/a\n`,
  ],
  [
    'curl, an alias',
    `$a = (curl ${META}/a).Content\n`,
    `${fetch()}\n$a = (curl ${SEND} ${META}/a).Content\n`,
  ],
  [
    'wget.exe',
    `$a = wget.exe -qO- ${META}/a\n`,
    `${fetch()}\n$a = wget.exe --header="X-aws-ec2-metadata-token: $token" -qO- ${META}/a\n`,
  ],
  [
    'a misspelt header',
    `${OWN_FETCH}\nirm ${META}/a -Headers @{"X-aws-metadata-token" = $t}\n`,
    `${OWN_FETCH}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'a misspelt header by index',
    `${OWN_FETCH}\n$h = @{}\n$h['X-aws-metadata-token'] = $t\nirm ${META}/a -Headers $h\n`,
    `${OWN_FETCH}\n$h = @{}\n$h['X-aws-ec2-metadata-token'] = $t\nirm ${META}/a -Headers $h\n`,
  ],
  [
    'a misspelt header of a client',
    `${OWN_FETCH}\n$wc = New-Object Net.WebClient\n$wc.Headers.Add('X-aws-metadata-token', $t)\n$wc.DownloadString('${META}/a')\n`,
    `${OWN_FETCH}\n$wc = New-Object Net.WebClient\n$wc.Headers.Add('X-aws-ec2-metadata-token', $t)\n$wc.DownloadString('${META}/a')\n`,
  ],
  [
    'single quotes around the token',
    `${OWN_FETCH}\nirm ${META}/a -Headers @{${HEADER} = '$t'}\n`,
    `${OWN_FETCH}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'the header that asks',
    `${OWN_FETCH}\nirm ${META}/a -Headers @{${TTL} = $t}\n`,
    `${OWN_FETCH}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'an empty token',
    `$x = ''\nirm ${META}/a -Headers @{${HEADER} = $x}\n`,
    `$x = ''\n${fetch()}\nirm ${META}/a ${SEND}\n`,
  ],
  [
    'single quotes for curl.exe',
    `${OWN_FETCH}\ncurl.exe -s -H 'X-aws-ec2-metadata-token: $t' ${META}/a\n`,
    `${OWN_FETCH}\ncurl.exe -s -H "X-aws-ec2-metadata-token: $t" ${META}/a\n`,
  ],
  [
    'no lifetime',
    `$t = irm -Method PUT -Uri ${TOKEN_URL}\nirm ${META}/a -Headers @{${HEADER} = $t}\n`,
    `$t = irm -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"} -Method PUT -Uri ${TOKEN_URL}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'a lifetime of nothing',
    `$t = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{${TTL} = "0"}\nirm ${META}/a -Headers @{${HEADER} = $t}\n`,
    `$t = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'a lifetime that is too long',
    `$t = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{${TTL} = 86400}\nirm ${META}/a -Headers @{${HEADER} = $t}\n`,
    `$t = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = 21600}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'GET for a token',
    `$t = irm -Uri ${TOKEN_URL} -Headers @{${TTL} = "60"}\nirm ${META}/a -Headers @{${HEADER} = $t}\n`,
    `$t = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "60"}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'POST for a token',
    `$t = irm -Method 'Post' -Uri ${TOKEN_URL} -Headers @{${TTL} = "60"}\nirm ${META}/a -Headers @{${HEADER} = $t}\n`,
    `$t = irm -Method 'PUT' -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "60"}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'a dated path',
    `$t = irm -Method PUT -Uri http://169.254.169.254/2021-03-23/api/token -Headers @{${TTL} = "60"}\nirm ${META}/a -Headers @{${HEADER} = $t}\n`,
    `$t = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "60"}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'everything wrong',
    `$t = irm http://169.254.169.254/2021-03-23/api/token\nirm ${META}/a -Headers @{${HEADER} = $t}\n`,
    `$t = irm -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"} -Method PUT ${TOKEN_URL}\nirm ${META}/a -Headers @{"X-aws-ec2-metadata-token" = $t}\n`,
  ],
  [
    'curl.exe without PUT',
    `$t = curl.exe -s ${TOKEN_URL}\ncurl.exe -H "X-aws-ec2-metadata-token: $t" ${META}/a\n`,
    `$t = curl.exe -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 300" -s ${TOKEN_URL}\ncurl.exe -H "X-aws-ec2-metadata-token: $t" ${META}/a\n`,
  ],
  [
    'slow commands between',
    `$a = irm ${META}/a\nInstall-WindowsFeature Web-Server\n$b = irm ${META}/b\n`,
    `[string]$token = Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "21600"} -Method PUT -Uri ${TOKEN_URL}\n$a = irm ${SEND} ${META}/a\nInstall-WindowsFeature Web-Server\n$b = irm ${SEND} ${META}/b\n`,
  ],
  [
    'a script that it writes',
    `@'\n$id = irm ${META}/instance-id\n'@ | Set-Content C:\\boot.ps1\n`,
    `@'\n${fetch()}\n$id = irm ${SEND} ${META}/instance-id\n'@ | Set-Content C:\\boot.ps1\n`,
  ],
  [
    'a script with escapes that it writes',
    `@"\n\`$id = irm ${META}/instance-id\n"@ | Set-Content C:\\boot.ps1\n`,
    `@"\n[string]\`$token = Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"} -Method PUT -Uri ${TOKEN_URL}\n\`$id = irm -Headers @{"X-aws-ec2-metadata-token" = \`$token} ${META}/instance-id\n"@ | Set-Content C:\\boot.ps1\n`,
  ],
  [
    'CRLF',
    `$x = 1\r\n$id = irm ${META}/instance-id\r\n`,
    `$x = 1\r\n${fetch()}\r\n$id = irm ${SEND} ${META}/instance-id\r\n`,
  ],
  [
    'a byte order mark',
    `\uFEFF$id = irm ${META}/instance-id\n`,
    `\uFEFF${fetch()}\n$id = irm ${SEND} ${META}/instance-id\n`,
  ],
  [
    'a class',
    `class A {\n  [string] Id() {\n    return irm ${META}/instance-id\n  }\n}\n`,
    `class A {\n  [string] Id() {\n    ${fetch()}\n    return irm ${SEND} ${META}/instance-id\n  }\n}\n`,
  ],
  [
    'begin and process',
    `function F {\n  begin {\n    $a = irm ${META}/a\n  }\n  process {\n    $b = irm ${META}/b\n  }\n}\n`,
    `function F {\n  begin {\n    ${fetch()}\n    $a = irm ${SEND} ${META}/a\n  }\n  process {\n    ${fetch()}\n    $b = irm ${SEND} ${META}/b\n  }\n}\n`,
  ],
  [
    'a comment behind',
    `$wc = New-Object Net.WebClient # client\n$a = $wc.DownloadString("${META}/a") # id\n`,
    `${fetch()}\n$wc = New-Object Net.WebClient # client\n$wc.Headers.Add("X-aws-ec2-metadata-token", $token)\n$a = $wc.DownloadString("${META}/a") # id\n`,
  ],
  [
    'a call in a switch',
    `switch ($x) {\n  'a' {\n    irm ${META}/a\n  }\n  default {\n    1\n  }\n}\n`,
    `switch ($x) {\n  'a' {\n    [string]$token = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token-ttl-seconds' = '300'} -Method PUT -Uri ${TOKEN_URL}\n    irm -Headers @{'X-aws-ec2-metadata-token' = $token} ${META}/a\n  }\n  default {\n    1\n  }\n}\n`,
  ],
  [
    'a class that sends',
    `class A {\n  [object] Get() {\n    $wc = New-Object Net.WebClient\n    return $wc.DownloadString("${META}/a")\n  }\n}\n`,
    `class A {\n  [object] Get() {\n    ${fetch()}\n    $wc = New-Object Net.WebClient\n    $wc.Headers.Add("X-aws-ec2-metadata-token", $token)\n    return $wc.DownloadString("${META}/a")\n  }\n}\n`,
  ],
  [
    'two functions',
    `function A {\n  irm ${META}/a\n}\nfunction B {\n  irm ${META}/b\n}\nA\nB\n`,
    `function A {\n  ${fetch()}\n  irm ${SEND} ${META}/a\n}\nfunction B {\n  ${fetch()}\n  irm ${SEND} ${META}/b\n}\nA\nB\n`,
  ],
  [
    'a function that is called behind a fetch',
    `function A {\n  irm ${META}/a\n}\n${OWN_FETCH}\nA\n`,
    `function A {\n  irm -Headers @{'X-aws-ec2-metadata-token' = $t} ${META}/a\n}\n${OWN_FETCH}\nA\n`,
  ],
  [
    'a client in one line',
    `if ($x) { $wc = New-Object Net.WebClient; $a = $wc.DownloadString("${META}/a") }\n`,
    `if ($x) { ${fetch()}; $wc = New-Object Net.WebClient; $wc.Headers.Add("X-aws-ec2-metadata-token", $token); $a = $wc.DownloadString("${META}/a") }\n`,
  ],
  [
    'a client with a comment',
    `if ($x) { $wc = New-Object Net.WebClient # c\n  $a = $wc.DownloadString("${META}/a") }\n`,
    `if ($x) { ${fetch()}; $wc = New-Object Net.WebClient; $wc.Headers.Add("X-aws-ec2-metadata-token", $token) # c\n  $a = $wc.DownloadString("${META}/a") }\n`,
  ],
  [
    'a client that goes elsewhere',
    `$wc = New-Object Net.WebClient\n$a = $wc.DownloadString("${META}/a")\nSend-Report $wc\n`,
    `$wc = New-Object Net.WebClient\n${fetch()}\n$imdsClient = New-Object Net.WebClient\n$imdsClient.Headers.Add("X-aws-ec2-metadata-token", $token)\n$a = $imdsClient.DownloadString("${META}/a")\nSend-Report $wc\n`,
  ],
  [
    'headers that go elsewhere',
    `$h = @{ a = "b" }\n$a = irm ${META}/a -Headers $h\nSend-Report -With $h\n`,
    `$h = @{ a = "b" }\n${fetch()}\n$a = irm ${META}/a -Headers ($h + ${SENT})\nSend-Report -With $h\n`,
  ],
  [
    'a suppressed call',
    `# ec2-warden-disable-next-line imdsv1-call\n$a = irm ${META}/a\n$b = irm ${META}/b\n`,
    `# ec2-warden-disable-next-line imdsv1-call\n$a = irm ${META}/a\n${fetch()}\n$b = irm ${SEND} ${META}/b\n`,
  ],
  [
    'a for loop',
    `for ($i = 0; $i -lt 3; $i++) {\n  irm "${META}/network/$i"\n}\n`,
    `${fetch()}\nfor ($i = 0; $i -lt 3; $i++) {\n  irm ${SEND} "${META}/network/$i"\n}\n`,
  ],
  [
    'a loop that waits now and then',
    `foreach ($i in 1, 2) {\n  irm "${META}/network/$i"\n  Start-Sleep 1\n}\n`,
    `foreach ($i in 1, 2) {\n  ${fetch()}\n  irm ${SEND} "${META}/network/$i"\n  Start-Sleep 1\n}\n`,
  ],
  [
    'a pipeline in an argument',
    `Get-EC2Tag -Filter @{ Name = "resource-id"; Values = (irm ${META}/instance-id) } | Format-Table\n`,
    `${fetch()}\nGet-EC2Tag -Filter @{ Name = "resource-id"; Values = (irm ${SEND} ${META}/instance-id) } | Format-Table\n`,
  ],
  [
    'the second of a pipeline',
    `Get-Date | Out-Null; irm ${META}/a | Out-File C:\\id.txt\n`,
    `Get-Date | Out-Null; ${fetch()}; irm ${SEND} ${META}/a | Out-File C:\\id.txt\n`,
  ],
  [
    'a return',
    `function F {\n  return (iwr ${META}/a).Content\n}\n`,
    `function F {\n  ${fetch()}\n  return (iwr ${SEND} ${META}/a).Content\n}\n`,
  ],
  [
    'a user data header',
    `# Configure\n#requires -Version 5\n$a = irm ${META}/a\n`,
    `# Configure\n#requires -Version 5\n${fetch()}\n$a = irm ${SEND} ${META}/a\n`,
  ],
  [
    'a script with quotes that it writes',
    `Set-Content -Path C:\\boot.ps1 -Value '\n$id = irm "${META}/instance-id"\n'\n`,
    `Set-Content -Path C:\\boot.ps1 -Value '\n${fetch()}\n$id = irm ${SEND} "${META}/instance-id"\n'\n`,
  ],
  [
    'an ordered table',
    `$h = [ordered]@{ Accept = "x" }\nirm ${META}/a -Headers $h\n`,
    `${fetch()}\n$h = [ordered]@{ "X-aws-ec2-metadata-token" = $token; Accept = "x" }\nirm ${META}/a -Headers $h\n`,
  ],
];

// prettier-ignore
const LEFT_ALONE: readonly (readonly [name: string, script: string])[] = [
  ['a proxy', `irm ${META}/a -Proxy http://proxy:3128\n`],
  ['a host that is passed in', `function F($u) { irm $u }\nF ${META}/a\nF https://example.com\n`],
  ['a fallback', `${OWN_FETCH}\nif ($t) { irm ${META}/a -Headers @{${HEADER} = $t} } else { irm ${META}/a }\n`],
  ['splatting that goes elsewhere', `$p = @{ Headers = @{ a = "b" } }\n$a = irm ${META}/a @p\nirm https://example.com @p\n`],
  ['a fallback in catch', `try {\n  ${OWN_FETCH}\n} catch {\n  $a = irm ${META}/a\n}\n`],
  ['headers from outside', `param($h)\nirm ${META}/a -Headers $h\n`],
];

describe('every safe fix at once', () => {
  it.each(REWRITES)('%s', (_, script, expected) => {
    expect(fixed(script)).toBe(expected);
    expect(fixed(expected)).toBe(expected);
    expect(rulesIn(expected)).toEqual([]);
  });
});

describe('no fix is certain', () => {
  it.each(LEFT_ALONE)('%s', (_, script) => {
    expect(fixed(script)).toBe(script);
  });
});
