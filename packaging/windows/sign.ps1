# Signs files with the certificate in the variables CERTIFICATE (base64 of a .pfx) and PASSWORD.
# Not run by us.
$ErrorActionPreference = "Stop"
$file = Join-Path $env:RUNNER_TEMP "veille.pfx"
[IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($env:CERTIFICATE))
try {
    $tool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" |
        Sort-Object FullName | Select-Object -Last 1
    $targets = $args | ForEach-Object { Get-ChildItem $_ } | ForEach-Object { $_.FullName }
    & $tool.FullName sign /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 /f $file /p $env:PASSWORD $targets
    if ($LASTEXITCODE) { throw "signtool: $LASTEXITCODE" }
} finally {
    Remove-Item $file
}
