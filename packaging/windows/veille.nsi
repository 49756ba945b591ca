; Veille for one person, without an administrator: in her own folder, in her part of the registry.
;
;   makensis -DVERSION=1.0.0 -DSOURCE=dist\veille -DOUTPUT=dist\veille-1.0.0-setup.exe packaging\windows\veille.nsi
;
; The extension's host is entered by Veille itself (File, Connect the browsers), for the profile that
; asks for it; uninstalling takes it back first, and leaves the memory where it is.

Unicode true
!ifndef VERSION
  !define VERSION "0.0.0"
!endif
!ifndef SOURCE
  !define SOURCE "..\..\dist\veille"
!endif
!ifndef OUTPUT
  !define OUTPUT "veille-setup.exe"
!endif
!define HERE "${__FILEDIR__}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Veille"
!define SCHEME "Software\Classes\veille"

!include "MUI2.nsh"
!include "FileFunc.nsh"

Name "Veille"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Veille"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
SetCompressor /SOLID lzma
BrandingText "Veille ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Veille"
VIAddVersionKey "FileDescription" "Veille"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The Veille developers"

!ifdef ICON
  !define MUI_ICON "${ICON}"
  !define MUI_UNICON "${ICON}"
!endif
!define MUI_FINISHPAGE_RUN "$INSTDIR\veille.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "English"

LangString ABOUT ${LANG_FRENCH} "La mémoire partagée d’une équipe de communication"
LangString ABOUT ${LANG_ENGLISH} "The shared memory of a communication team"
LangString OPEN ${LANG_FRENCH} "Veille est ouverte. Fermez-la, puis recommencez."
LangString OPEN ${LANG_ENGLISH} "Veille is open. Close it, then try again."

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

; A program that runs cannot be replaced: its file cannot be opened for writing.
!macro CLOSED un
Function ${un}Closed
  again:
  IfFileExists "$INSTDIR\veille.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\veille.exe" a
  IfErrors 0 free
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(OPEN)" /SD IDCANCEL IDRETRY again
  Abort
  free:
  FileClose $0
  closed:
FunctionEnd
!macroend
!insertmacro CLOSED ""
!insertmacro CLOSED "un."

Section "Veille"
  Call Closed
  ; Of an older version nothing stays between the files of this one.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Veille.lnk" "$INSTDIR\veille.exe" "" "" "" "" "" "$(ABOUT)"

  WriteRegStr HKCU "${SCHEME}" "" "URL:Veille"
  WriteRegStr HKCU "${SCHEME}" "URL Protocol" ""
  WriteRegStr HKCU "${SCHEME}\DefaultIcon" "" '"$INSTDIR\veille.exe",0'
  WriteRegStr HKCU "${SCHEME}\shell\open\command" "" '"$INSTDIR\veille.exe" "%1"'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Veille"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\veille.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Veille developers"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  Call un.Closed
  ; Said by the program that wrote it: what another profile entered since stays.
  nsExec::Exec '"$INSTDIR\veille-cli.exe" browser disconnect'
  Pop $0
  Delete "$SMPROGRAMS\Veille.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\veille.exe"
  Delete "$INSTDIR\veille-cli.exe"
  Delete "$INSTDIR\veille-host.exe"
  Delete "$INSTDIR\uninstall.exe"
  ; Only when it is empty: the memory of a portable copy may be in it.
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${SCHEME}"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
