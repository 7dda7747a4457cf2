/** Which requests are found, and which are not. */
import { describe, expect, it } from 'vitest';
import { findingsIn, HEADER, judged, META, OWN_FETCH, rulesIn, TOKEN_URL } from '../testing/powershell';

describe('a request without a token is found', () => {
  const cases: readonly (readonly [name: string, script: string])[] = [
    ['Invoke-RestMethod', `$id = «Invoke-RestMethod -Uri ${META}/instance-id»`],
    ['Invoke-WebRequest with its content', `$id = («Invoke-WebRequest -UseBasicParsing ${META}/instance-id»).Content`],
    ['irm', `«irm ${META}/instance-id»`],
    ['iwr', `(«iwr "${META}/instance-id" -UseBasicParsing»).Content`],
    ['curl, an alias', `$z = («curl ${META}/placement/availability-zone -UseBasicParsing»).Content`],
    ['wget, an alias', `$z = («wget ${META}/instance-id»).Content`],
    ['a cmdlet with its module', `«Microsoft.PowerShell.Utility\\Invoke-RestMethod ${META}/instance-id»`],
    ['lower case', `«invoke-restmethod -uri ${META}/ami-id»`],
    ['by the call operator', `«& Invoke-RestMethod -Uri ${META}/ami-id»`],
    ['a name in a variable', `$c = 'Invoke-RestMethod'\n«& $c -Uri ${META}/ami-id»`],
    ['an alias of the script', `Set-Alias get Invoke-RestMethod\n«get ${META}/ami-id»`],
    ['the URL with a colon', `«irm -Uri:${META}/ami-id»`],
    ['an abbreviated parameter', `«irm -Ur ${META}/ami-id -Me Get»`],
    ['other headers only', `«irm ${META}/ami-id -Headers @{Accept = 'text/plain'}»`],
    ['no scheme', `«irm 169.254.169.254/latest/meta-data/ami-id»`],
    ['a dated version', `«irm http://169.254.169.254/2016-09-02/meta-data/ami-id»`],
    ['the identity document', `(«irm http://169.254.169.254/latest/dynamic/instance-identity/document»).region`],
    ['user data', `«irm http://169.254.169.254/latest/user-data»`],
    ['IPv6', `«irm "http://[fd00:ec2::254]/latest/meta-data/ami-id"»`],
    ['the name of the service', `«irm http://instance-data/latest/meta-data/ami-id»`],
    ['a variable', `$u = "${META}"\n«irm $u»`],
    ['a variable in a string', `$base = '${META}'\n«irm "$base/ami-id"»`],
    ['a variable in braces', `$base = '${META}'\n«irm "\${base}/ami-id"»`],
    ['a variable of the script', `$script:base = '${META}'\n«irm "$script:base/ami-id"»`],
    ['a variable of the environment', `$env:BASE = '${META}'\n«irm "$env:BASE/ami-id"»`],
    ['a word that begins with a variable', `$base = '${META}'\n«irm $base/ami-id -TimeoutSec 2»\nGet-Date`],
    ['a word of two variables', `$base = '${META}'\n$path = '/ami-id'\n«irm $base$path»`],
    ['a subexpression', `$ip = '169.254.169.254'\n«irm "http://$($ip)/latest/meta-data/ami-id"»`],
    ['a property in a subexpression', `$c = @{Host = '169.254.169.254'}\n«irm "http://$($c.Host)/latest/meta-data/"»`],
    ['concatenation', `$ip = '169.254.169.254'\n«irm ('http://' + $ip + '/latest/meta-data/ami-id')»`],
    ['concatenation in steps', `$u = 'http://169.254.169.254'\n$u += '/latest/meta-data/ami-id'\n«irm $u»`],
    ['the format operator', `«irm ('http://{0}/latest/meta-data/{1}' -f '169.254.169.254', 'ami-id')»`],
    ['[string]::Format', `«irm ([string]::Format('http://{0}/latest/meta-data', '169.254.169.254'))»`],
    ['-join', `«irm (('http://169.254.169.254', 'latest', 'meta-data') -join '/')»`],
    ['-replace', `$u = 'http://HOST/latest/meta-data' -replace 'HOST', '169.254.169.254'\n«irm $u»`],
    ['a here-string', `$u = @"\n${META}/ami-id\n"@\n«irm $u»`],
    ['[uri]', `[uri]$u = '${META}/ami-id'\n«irm $u»`],
    ['a path that is not known', `«irm "${META}/$(Get-Path)"»`],
    ['splatting', `$p = @{\n  Uri = '${META}/ami-id'\n  Method = 'GET'\n}\n«Invoke-RestMethod @p»`],
    ['splatting with more', `$p = @{}\n$p.Uri = '${META}/ami-id'\n$p['TimeoutSec'] = 5\n«irm @p»`],
    ['by a method, as an argument', `$w = New-Object Net.WebClient\nWrite-Output -InputObject «$w.DownloadString("${META}/a")»`],
    ['by a method of a class, as an argument', `Write-Host «([Net.WebClient]::new()).DownloadString("${META}/a")» $b`],
    ['behind blanks that do not break', `if ($x) {\n\u00a0 \u00a0[string]$id =\u00a0«irm ${META}/instance-id»\n\u00a0}`],
    ['in a hash table', `$o = @{ Id = («irm ${META}/instance-id») }`],
    ['in a condition', `if («irm ${META}/instance-id») { Get-Date }`],
    ['in a string', `Write-Host "id: $(«irm ${META}/instance-id»)"`],
    ['in a pipeline', `«Invoke-RestMethod ${META}/instance-id» | Out-File C:\\id.txt`],
    ['as input of another command', `Get-EC2Tag -Filter @{Name = 'resource-id'; Values = («irm ${META}/instance-id»)}`],
    ['over several lines', `«Invoke-RestMethod \`\n  -Uri ${META}/instance-id \`\n  -TimeoutSec 5»`],
    ['in try', `try { «irm ${META}/instance-id» } catch { 'none' }`],
    ['in a loop', `foreach ($p in 'ami-id', 'hostname') { «irm "${META}/$p"» }`],
    ['in ForEach-Object', `'ami-id', 'hostname' | ForEach-Object { «irm "${META}/$_"» }`],
    ['in Where-Object', `$c = Get-NetIPAddress |\n  Where-Object { $_.IPAddress -eq («irm ${META}/local-ipv4») } |\n  Get-DnsClient`],
    ['in a waiting loop', `do { $id = «irm ${META}/instance-id»; Start-Sleep 1 } until ($id)`],
    ['in a switch', `switch ($cloud) {\n  'aws' { «irm ${META}/ami-id» }\n  default { 'none' }\n}`],
    ['in a function that nothing calls', `function Get-Id { «irm ${META}/instance-id» }`],
    ['in a function with a path', `function Get-Meta($Path) { «irm "${META}/$Path"» }\nGet-Meta ami-id\nGet-Meta hostname`],
    ['in a default of a parameter', `param([string] $Id = («irm ${META}/instance-id»))\n$Id`],
    ['in a process block', `function Get-Id {\n  [CmdletBinding()]\n  param()\n  process { «irm ${META}/instance-id» }\n}`],
    ['in a class', `class Instance {\n  [string] Id() { return «irm ${META}/instance-id» }\n}`],
    ['in a block', `& { «irm ${META}/instance-id» }`],
    ['in a job', `Start-Job -ScriptBlock { «irm ${META}/instance-id» }`],
    ['in a block that a variable holds', `$b = {\n  param($Name)\n  $id = «irm ${META}/instance-id»\n}\nInvoke-Command -ComputerName localhost -ScriptBlock $b -ArgumentList $n`],
    ['in a block of a table', `$tasks = @{ Id = { «irm ${META}/instance-id» } }\nRegister-All @tasks`],
    ['in a block of an unknown command', `Retry-Command { «irm ${META}/instance-id» }`],
    ['behind a comment', `# the id\n<# of the\ninstance #>\n«irm ${META}/instance-id» # here`],
    ['behind a line with a path in a variable', `New-Item $dir\\x -Force\n«irm ${META}/instance-id»`],
    ['behind an option with a value', `choco install git --params="/NoAutoCrlf"\n«irm ${META}/instance-id»`],
    ['WebClient', `$wc = New-Object System.Net.WebClient\n$id = «$wc.DownloadString("${META}/instance-id")»`],
    ['WebClient at once', `$id = «(New-Object Net.WebClient).DownloadString('${META}/instance-id')»`],
    ['WebClient by new', `$id = «[System.Net.WebClient]::new().DownloadString('${META}/instance-id')»`],
    ['WebClient with a file', `$wc = New-Object System.Net.WebClient\n«$wc.DownloadFile('${META}/instance-id', 'C:\\id')»`],
    ['WebClient with a base address', `$wc = New-Object System.Net.WebClient\n$wc.BaseAddress = '${META}/'\n«$wc.DownloadString('instance-id')»`],
    ['HttpClient', `$c = New-Object System.Net.Http.HttpClient\n«$c.GetStringAsync('${META}/instance-id')».Result`],
    ['HttpClient by new', `$c = [System.Net.Http.HttpClient]::new()\n$r = «$c.GetAsync("${META}/instance-id")».GetAwaiter().GetResult()`],
    ['HttpRequestMessage', `$c = [System.Net.Http.HttpClient]::new()\n$m = [System.Net.Http.HttpRequestMessage]::new('GET', '${META}/ami-id')\n«$c.SendAsync($m)».Result`],
    ['WebRequest', `$r = «[System.Net.WebRequest]::Create('${META}/ami-id')»\n$a = $r.GetResponse()`],
    ['HttpWebRequest', `$r = «[System.Net.HttpWebRequest]::Create('${META}/ami-id')»\n$a = $r.GetResponse()`],
    ['curl.exe', `«curl.exe -s ${META}/instance-id»`],
    ['curl.exe with a path', `«& 'C:\\Windows\\System32\\curl.exe' -sS ${META}/instance-id»`],
    ['curl with options of its own', `«curl -s ${META}/instance-id»`],
    ['curl.exe with other headers', `«curl.exe -s -H "Accept: text/plain" ${META}/instance-id»`],
    ['wget.exe', `«wget.exe -qO- ${META}/instance-id»`],
    ['an unset token elsewhere', `function Get-Token { irm -Method PUT -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "60"} }\n$a = irm ${META}/ami-id -Headers @{${HEADER} = (Get-Token)}\n$b = «irm ${META}/hostname»`],
    ['a script that it writes', `@'\n$id = «Invoke-RestMethod ${META}/instance-id»\n'@ | Set-Content C:\\boot.ps1`],
    ['a script with escapes that it writes', `$s = @"\n\`$id = «Invoke-RestMethod ${META}/instance-id»\nWrite-Host $env:NAME\n"@\nOut-File -FilePath "$env:TEMP\\boot.ps1" -InputObject $s`],
    ['a script that it writes somewhere', `Set-Content -Path $path -Value @'\nInvoke-Command {\n  «Invoke-RestMethod ${META}/instance-id»\n}\n'@`],
  ]; // prettier-ignore
  it.each(cases)('%s', (_, script) => {
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });

  it('where an address comes in by a call, it is the call', () => {
    const script = `function Fetch($Url) { Invoke-RestMethod $Url }\n$a = «Fetch '${META}/ami-id'»\n$b = Fetch 'https://example.com/x'`;
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });

  it('stands where it is made, where a function only put the address together', () => {
    const script = `function Get-Url($Name) { "http://$Name/latest/meta-data/" }\n$u = Get-Url 169.254.169.254\n«irm $u»`;
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });

  it('is told by what it is called', () => {
    const message = (script: string): string | undefined => findingsIn(script)[0]?.message;
    expect(message(`iwr ${META}/ami-id`)).toMatch(/^iwr calls the instance metadata service without a token/);
    expect(message(`(New-Object Net.WebClient).DownloadString('${META}/ami-id')`)).toMatch(
      /^WebClient\.DownloadString /,
    );
    expect(message(`${OWN_FETCH}\nirm ${META}/a -Headers @{${HEADER} = $t}\nirm ${META}/ami-id`)).toMatch(
      /\$t holds a token, but/,
    );
  });
});

describe('nothing is found', () => {
  const cases: readonly (readonly [name: string, script: string])[] = [
    ['a token', `${OWN_FETCH}\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['a token by an abbreviated parameter', `${OWN_FETCH}\nirm ${META}/ami-id -He @{${HEADER} = $t}`],
    ['a token in a table', `${OWN_FETCH}\n$h = @{'X-aws-ec2-metadata-token' = $t}\nirm ${META}/ami-id -Headers $h`],
    ['a token in a table by index', `${OWN_FETCH}\n$h = @{}\n$h['X-aws-ec2-metadata-token'] = $t\nirm ${META}/ami-id -Headers $h`],
    ['a token in a table by Add', `${OWN_FETCH}\n$h = @{}\n$h.Add('X-aws-ec2-metadata-token', $t)\nirm ${META}/ami-id -Headers $h`],
    ['a token in a dictionary', `${OWN_FETCH}\n$h = New-Object 'System.Collections.Generic.Dictionary[[String],[String]]'\n$h.Add("X-aws-ec2-metadata-token", $t)\nirm ${META}/ami-id -Headers $h`],
    ['a token by splatting', `${OWN_FETCH}\n$p = @{ Uri = '${META}/ami-id'; Headers = @{${HEADER} = $t} }\nirm @p`],
    ['headers of a sum', `${OWN_FETCH}\n$h = @{a = 'b'} + @{${HEADER} = $t}\nirm ${META}/ami-id -Headers $h`],
    ['a token by Invoke-WebRequest', `$t = (iwr -Method PUT -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "60"}).Content\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    [
      'a token that a function returns in a line of its own',
      `function Get-Token {\n  $x = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = 60}\n  return $x\n}\n$t = Get-Token\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`,
    ],
    [
      '... whose brace has a line of its own',
      `function Get-Token\n{\n  $x = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{\n    "X-aws-ec2-metadata-token-ttl-seconds" = 60\n  }\n  $x\n}\n$t = Get-Token\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`,
    ],
    ['a token from a function', `function Get-Token { return irm -Method PUT -Uri ${TOKEN_URL} -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = 60} }\nirm ${META}/ami-id -Headers @{${HEADER} = Get-Token}`],
    ['a token nobody knows of', `param($Token)\nirm ${META}/ami-id -Headers @{${HEADER} = $Token}`],
    ['headers nobody knows', `param($Headers)\nirm ${META}/ami-id -Headers $Headers`],
    ['arguments nobody knows', `param($Arguments)\nirm -Uri ${META}/ami-id @Arguments`],
    ['a session nobody knows', `irm ${META}/ami-id -WebSession $session`],
    ['a session with a token', `${OWN_FETCH}\n$s = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$s.Headers.Add(${HEADER}, $t)\nirm ${META}/ami-id -WebSession $s`],
    ['headers of one branch', `${OWN_FETCH}\nif ($t) { $h = @{${HEADER} = $t} } else { $h = @{} }\nirm ${META}/ami-id -Headers $h`],
    ['headers for a parameter', `${OWN_FETCH}\nfunction Get-Meta($Path, $Headers) { irm "${META}/$Path" -Headers $Headers }\nGet-Meta ami-id @{${HEADER} = $t}`],
    ['WebClient with a token', `${OWN_FETCH}\n$wc = New-Object System.Net.WebClient\n$wc.Headers.Add(${HEADER}, $t)\n$wc.DownloadString('${META}/ami-id')`],
    ['WebClient with a token by index', `${OWN_FETCH}\n$wc = New-Object System.Net.WebClient\n$wc.Headers[${HEADER}] = $t\n$wc.DownloadString('${META}/ami-id')`],
    ['WebClient with a token in one text', `${OWN_FETCH}\n$wc = New-Object System.Net.WebClient\n$wc.Headers.Add("X-aws-ec2-metadata-token: $t")\n$wc.DownloadString('${META}/ami-id')`],
    ['WebClient that asks for a token', `$wc = New-Object System.Net.WebClient\n$wc.Headers.Add('X-aws-ec2-metadata-token-ttl-seconds', '60')\n$t = $wc.UploadString('${TOKEN_URL}', 'PUT', '')\n$x = New-Object System.Net.WebClient\n$x.Headers.Add(${HEADER}, $t)\n$x.DownloadString('${META}/ami-id')`],
    ['HttpClient with a token', `${OWN_FETCH}\n$c = [System.Net.Http.HttpClient]::new()\n$c.DefaultRequestHeaders.Add(${HEADER}, $t)\n$c.GetStringAsync('${META}/ami-id').Result`],
    ['WebRequest with a token', `${OWN_FETCH}\n$r = [System.Net.WebRequest]::Create('${META}/ami-id')\n$r.Headers.Add(${HEADER}, $t)\n$r.GetResponse()`],
    ['a block that a variable holds, with a token', `$b = {\n  ${OWN_FETCH}\n  irm ${META}/ami-id -Headers @{${HEADER} = $t}\n}\nStart-Job $b`],
    ['a block that is given headers', `$b = {\n  param($Headers)\n  irm ${META}/ami-id -Headers $Headers\n}\nStart-Job $b -ArgumentList $h`],
    ['a client from elsewhere', `$client.DownloadString('${META}/ami-id')`],
    ['curl.exe with a token', `$t = curl.exe -s -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" ${TOKEN_URL}\ncurl.exe -s -H "X-aws-ec2-metadata-token: $t" ${META}/ami-id`],
    ['curl with a token and --header=', `$t = curl.exe -s -X PUT --header="X-aws-ec2-metadata-token-ttl-seconds: 60" ${TOKEN_URL}\ncurl.exe -s --header="X-aws-ec2-metadata-token: $t" ${META}/ami-id`],
    ['Azure', `irm -Headers @{Metadata = 'true'} -Uri 'http://169.254.169.254/metadata/instance?api-version=2021-02-01'`],
    ['Azure with $true', `irm -Headers @{'Metadata'=$true} -Uri ('http://169.254.169.254/metadata/instance?api-version={0}' -f '2019-06-04')`],
    ['Google', `irm -Headers @{'Metadata-Flavor' = 'Google'} http://169.254.169.254/computeMetadata/v1/instance/id`],
    ['Oracle', `irm http://169.254.169.254/opc/v2/instance/`],
    ['OpenStack', `irm http://169.254.169.254/openstack/latest/meta_data.json`],
    ['the endpoint of containers', `irm http://169.254.170.2$env:AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`],
    ['the time service', `w32tm /config /manualpeerlist:169.254.169.123 /update`],
    ['a comment', `# irm ${META}/ami-id\n<# irm ${META}/ami-id #>`],
    ['a text', `Write-Host "call ${META}/ami-id with a token"`],
    ['a table of names', `$urls = @{ id = '${META}/instance-id' }`],
    ['a route', `New-NetRoute -DestinationPrefix 169.254.169.254/32 -InterfaceIndex 3`],
    ['a firewall rule', `New-NetFirewallRule -DisplayName x -RemoteAddress 169.254.169.254 -Action Block`],
    ['a list without a proxy', `$env:NO_PROXY = '169.254.169.254'`],
    ['a test of the connection', `Test-NetConnection 169.254.169.254 -Port 80`],
    ['AWS Tools', `$id = Get-EC2InstanceMetadata -Category InstanceId # http://169.254.169.254`],
    ['a variable for the SDKs', `$env:AWS_EC2_METADATA_V1_DISABLED = 'true' # 169.254.169.254`],
    ['a transfer in the background', `Start-BitsTransfer -Source https://example.com/x -Destination C:\\x # 169.254.169.254`],
    ['another host', `$base = '${META}'\nirm https://example.com/latest/meta-data/`],
    ['a host that is not known', `param($Base)\nirm "$Base/latest/meta-data" # 169.254.169.254`],
    ['a host on a drive', `irm "http://$ip:80/latest" # 169.254.169.254`],
    ['a page with that path', `irm https://example.com/?u=${META}`],
    ['a POST', `irm -Method POST ${META}/ami-id`],
    ['broken text', `irm ( ${META}/ami-id\n}`],
    ['nothing', ''],
    ['a name only', 'Invoke-RestMethod # 169.254.169.254'],
  ]; // prettier-ignore
  it.each(cases)('%s', (_, script) => {
    expect(rulesIn(script)).toEqual([]);
  });
});

describe('a fallback', () => {
  const cases: readonly (readonly [name: string, script: string])[] = [
    ['in catch of the token request', `try { ${OWN_FETCH} } catch { $id = «irm ${META}/instance-id» }`],
    ['in catch of a request with a token', `${OWN_FETCH}\ntry { $id = irm ${META}/instance-id -Headers @{${HEADER} = $t} } catch { $id = «irm ${META}/instance-id» }`],
    ['in else', `${OWN_FETCH}\nif ($t) { irm ${META}/ami-id -Headers @{${HEADER} = $t} } else { «irm ${META}/ami-id» }`],
    ['in if not', `try { ${OWN_FETCH} } catch { $t = $null }\nif (-not $t) { «irm ${META}/ami-id» } else { irm ${META}/ami-id -Headers @{${HEADER} = $t} }`],
    ['where it is null', `try { ${OWN_FETCH} } catch { $t = $null }\nif ($null -eq $t) { «irm ${META}/ami-id» }\nelse { irm ${META}/ami-id -Headers @{${HEADER} = $t} }`],
    ['where it is empty', `${OWN_FETCH}\nif ([string]::IsNullOrEmpty($t)) { «irm ${META}/ami-id» } else { irm ${META}/ami-id -Headers @{${HEADER} = $t} }`],
    ['where nothing was answered', `${OWN_FETCH}\n$id = irm ${META}/ami-id -Headers @{${HEADER} = $t}\nif (!$id) { $id = «irm ${META}/ami-id» }`],
  ]; // prettier-ignore
  it.each(cases)('%s', (_, script) => {
    expect(judged(script, 'imdsv1-fallback')).toBe(script);
  });
});

describe('a token that does not arrive', () => {
  const cases: readonly (readonly [name: string, script: string])[] = [
    ['a misspelt header', `${OWN_FETCH}\nirm ${META}/ami-id -Headers @{«"X-aws-metadata-token"» = $t}`],
    ['a misspelt header by index', `${OWN_FETCH}\n$h = @{}\n$h[«'X-aws-ec2-metadata-tokens'»] = $t\nirm ${META}/ami-id -Headers $h`],
    ['single quotes', `${OWN_FETCH}\nirm ${META}/ami-id -Headers @{«'X-aws-ec2-metadata-token'» = '$t'}`],
    ['the header that asks', `${OWN_FETCH}\nirm ${META}/ami-id -Headers @{«"X-aws-ec2-metadata-token-ttl-seconds"» = "60"}`],
    ['an empty token', `$token = ''\nirm ${META}/ami-id -Headers @{«${HEADER}» = $token}`],
    ['a misspelt header of a client', `${OWN_FETCH}\n$wc = New-Object Net.WebClient\n$wc.Headers.Add(«'X-aws-metadata-token'», $t)\n$wc.DownloadString('${META}/ami-id')`],
    ['single quotes for curl.exe', `${OWN_FETCH}\ncurl.exe -s -H «'X-aws-ec2-metadata-token: $t'» ${META}/ami-id`],
  ]; // prettier-ignore
  it.each(cases)('%s', (_, script) => {
    expect(judged(script, 'imds-token-not-sent')).toBe(script);
  });

  it('a token that is fetched and sent nowhere', () => {
    expect(rulesIn(`${OWN_FETCH}\nirm ${META}/ami-id`)).toEqual(['imds-token-not-sent', 'imdsv1-call']);
  });
});

describe('a request for a token that must fail', () => {
  const TTL = '"X-aws-ec2-metadata-token-ttl-seconds"';
  const cases: readonly (readonly [name: string, script: string])[] = [
    ['no lifetime', `$t = «irm -Method PUT -Uri ${TOKEN_URL}»\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['a lifetime of nothing', `$t = «irm -Method PUT -Uri ${TOKEN_URL} -Headers @{${TTL} = "0"}»\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['a lifetime that is too long', `$t = «irm -Method PUT -Uri ${TOKEN_URL} -Headers @{${TTL} = 86400}»\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['GET', `$t = «irm -Uri ${TOKEN_URL} -Headers @{${TTL} = "60"}»\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['POST', `$t = «irm -Method Post -Uri ${TOKEN_URL} -Headers @{${TTL} = "60"}»\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['a dated path', `$t = «irm -Method PUT -Uri http://169.254.169.254/2021-03-23/api/token -Headers @{${TTL} = "60"}»\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['curl.exe without PUT', `$t = «curl.exe -s -H "X-aws-ec2-metadata-token-ttl-seconds: 60" ${TOKEN_URL}»\ncurl.exe -H "X-aws-ec2-metadata-token: $t" ${META}/ami-id`],
    ['a lifetime in a variable', `$ttl = 0\n$t = «irm -Method PUT -Uri ${TOKEN_URL} -Headers @{${TTL} = "$ttl"}»\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
  ]; // prettier-ignore
  it.each(cases)('%s', (_, script) => {
    expect(judged(script, 'imds-token-request')).toBe(script);
  });

  it.each([
    ['the longest lifetime', `$t = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{${TTL} = 21600}\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['a lifetime that is not known', `$t = irm -Method PUT -Uri ${TOKEN_URL} -Headers @{${TTL} = "$Ttl"}\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['a method that is not known', `$t = irm -Method $Method -Uri ${TOKEN_URL} -Headers @{${TTL} = "60"}\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['CustomMethod', `$t = irm -CustomMethod PUT -Uri ${TOKEN_URL} -Headers @{${TTL} = "60"}\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
    ['a method by its enumeration', `$t = irm -Method ([Microsoft.PowerShell.Commands.WebRequestMethod]::Put) -Uri ${TOKEN_URL} -Headers @{${TTL} = "60"}\nirm ${META}/ami-id -Headers @{${HEADER} = $t}`],
  ])('not with %s', (_, script) => {
    expect(rulesIn(script)).toEqual([]);
  }); // prettier-ignore
});

describe('a comment', () => {
  it('silences a finding', () => {
    expect(rulesIn(`# ec2-warden-disable-next-line imdsv1-call -- IMDSv1 is meant\nirm ${META}/ami-id`)).toEqual([]);
    expect(rulesIn(`irm ${META}/ami-id # ec2-warden-disable-line imdsv1-call`)).toEqual([]);
    expect(rulesIn(`<# ec2-warden-disable-next-line imdsv1-call #>\nirm ${META}/ami-id`)).toEqual([]);
  });
  it('that silences nothing is told', () => {
    expect(rulesIn(`# ec2-warden-disable-next-line imdsv1-call\nGet-Date`)).toEqual(['unused-suppression']);
  });
});
