; The Windows installer: for one person, without asking for rights; silent with /S, elsewhere with /D=FOLDER.
; `installer.py` gives VERSION, NUMBERS, PUBLISHER, SETUP, ICON, PICTURE, LICENCE, KILOBYTES, where there is a
; certificate SIGN, and the lists that it wrote:
; files.nsh (what is installed) and gone.nsh (exactly that, to be deleted), types.nsh (“open with”).

Target amd64-unicode
Unicode true
!ifdef QUICKLY
SetCompressor zlib
!else
SetCompressor /SOLID lzma
SetCompressorDictSize 32
!endif
SetDateSave off
CRCCheck force
ManifestSupportedOS Win10
ManifestDPIAware true
RequestExecutionLevel user

!include LogicLib.nsh
!include MUI2.nsh

!define NAME "Study Reader"
!define EXE "Study Reader.exe"
!define OWN "Software\Study Reader"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Study Reader"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define OLDEST_BUILD 18362 ; Windows 10 of May 2019: the first with the icuuc.dll that Qt loads
!define IN_USE 5           ; exit codes of a silent run, besides 1 (given up by the person) and 2 (by us)
!define TOO_OLD 6

Name "${NAME}"
BrandingText "${NAME} ${VERSION}"
OutFile "${SETUP}"
!ifdef SIGN
!uninstfinalize '${SIGN} "%1"' = 0
!endif
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${OWN}" "InstallDir"
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileDescription "${NAME} setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey LegalCopyright "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_WELCOMEPAGE_TEXT "${NAME} ${VERSION} will be installed for you; nobody else on this computer is concerned, \
  and no rights are asked for.$\r$\n$\r$\nTexts that you have in it already, your bookmarks and settings stay as they are."
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Your texts, bookmarks and settings stay where they are; only the program goes."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; The types of files, the same list for putting in and taking out: ${Type} ID DESCRIPTION and ${Suffix} ID .SUFFIX.
; A suffix only learns of one more program that can open it; which one does so by default is the person's.
!macro PutType ID DESCRIPTION
  WriteRegStr HKCU "${CLASSES}\${ID}" "" "${DESCRIPTION}"
  WriteRegStr HKCU "${CLASSES}\${ID}\DefaultIcon" "" "$INSTDIR\study-reader.ico"
  WriteRegStr HKCU "${CLASSES}\${ID}\shell\open" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\${ID}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
!macroend
!macro PutSuffix ID SUFFIX
  WriteRegNone HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${ID}"
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\SupportedTypes" "${SUFFIX}" ""
  WriteRegStr HKCU "${OWN}\Capabilities\FileAssociations" "${SUFFIX}" "${ID}"
!macroend
!macro TakeType ID DESCRIPTION
  DeleteRegKey HKCU "${CLASSES}\${ID}"
!macroend
!macro TakeSuffix ID SUFFIX
  DeleteRegValue HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${ID}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}"
!macroend
!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; Whoever writes over a program that is running leaves half of it behind.
!macro WaitForTheEnd
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\${EXE}"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\${EXE}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME} is open. Close it, then try again." /SD IDCANCEL IDCANCEL`
      SetErrorLevel ${IN_USE}
      Quit
    ${EndIf}
  ${Loop}
!macroend

Function .onInit
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} $0 < ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "${NAME} needs Windows 10 of 2019 (version 1903) or newer." /SD IDOK
    SetErrorLevel ${TOO_OLD}
    Quit
  ${EndIf}
FunctionEnd

Section
  !insertmacro WaitForTheEnd
  ; An older or a newer version goes first, by its own list: nothing of it stays, nothing else is touched.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    ExecWait '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR'
  ${EndIf}

  !include "files.nsh"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${EXE}" "" "$INSTDIR\study-reader.ico" 0 SW_SHOWNORMAL "" \
    "Read, search and mark long texts, offline"

  !define Type "!insertmacro PutType"
  !define Suffix "!insertmacro PutSuffix"
  !include "types.nsh"
  !undef Type
  !undef Suffix
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "${OWN}\Capabilities" "ApplicationName" "${NAME}"
  WriteRegStr HKCU "${OWN}\Capabilities" "ApplicationDescription" "Read, search and mark long texts, offline"
  WriteRegStr HKCU "Software\RegisteredApplications" "${NAME}" "${OWN}\Capabilities"
  WriteRegStr HKCU "${APP_PATHS}\study-reader.exe" "" "$INSTDIR\study-reader.exe"
  !insertmacro TellExplorer

  WriteRegStr HKCU "${OWN}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\study-reader.ico"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section Uninstall
  !insertmacro WaitForTheEnd
  SetOutPath "$TEMP" ; a folder that somebody stands in cannot be deleted
  !include "gone.nsh"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"

  !define Type "!insertmacro TakeType"
  !define Suffix "!insertmacro TakeSuffix"
  !include "types.nsh"
  DeleteRegKey HKCU "${CLASSES}\Applications\${EXE}"
  DeleteRegValue HKCU "Software\RegisteredApplications" "${NAME}"
  DeleteRegKey HKCU "${APP_PATHS}\study-reader.exe"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${OWN}"
  !insertmacro TellExplorer
SectionEnd
