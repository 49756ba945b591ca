# Proves the installer: installed for this person, tried, its links entered, removed without a trace.
# Not run by us.
$ErrorActionPreference = "Stop"
$setup = Get-ChildItem dist\*-setup.exe | Select-Object -First 1
$place = Join-Path $env:LOCALAPPDATA "Programs\Veille"
$scheme = "HKCU:\Software\Classes\veille\shell\open\command"
$hosts = "HKCU:\Software\Google\Chrome\NativeMessagingHosts\org.veille.capture"

function Assert($good, $what) { if (-not $good) { throw $what } }

Start-Process $setup.FullName -ArgumentList "/S" -Wait
Assert (Test-Path "$place\veille.exe") "nothing was installed"
Assert ((Get-Item $scheme).GetValue("") -like "*$place\veille.exe*") "veille: links are not entered"
python packaging\smoke.py $place
Assert (-not $LASTEXITCODE) "the installed programs do not work"

& "$place\veille-cli.exe" browser connect
Assert (Test-Path $hosts) "the extension's host is not entered"
& "$place\veille-cli.exe" browser disconnect
Assert (-not (Test-Path $hosts)) "the extension's host stays"

Start-Process "$place\uninstall.exe" -ArgumentList "/S", "_?=$place" -Wait
Assert (-not (Test-Path "$place\veille.exe")) "programs stay"
Assert (-not (Test-Path "HKCU:\Software\Classes\veille")) "veille: links stay"
