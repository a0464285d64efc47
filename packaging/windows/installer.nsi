; The installer. build.sh defines VERSION, VI_VERSION, FOLDER (what is installed), SIZE (of it, in KB), WORK, OUTPUT and
; SIGN, and filelists.py writes unpack.nsh, move.nsh and remove.nsh, which name each file: what goes is what was put.
; Command line: /S asks nothing, /ALLUSERS needs administrator rights, /D=FOLDER comes last.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID lzma
RequestExecutionLevel user
AllowSkipFiles off

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include nsDialogs.nsh
!include WinVer.nsh

!define UNINSTALL_KEY Software\Microsoft\Windows\CurrentVersion\Uninstall\Sealwright
!define PROGID Sealwright.Message
!define NEW "$INSTDIR\sealwright-new" ; where the files are until all of them are written
!define APPLICATION Software\Classes\Applications\sealwright.exe

Name Sealwright
OutFile "${OUTPUT}"
BrandingText "Sealwright ${VERSION}"
VIProductVersion ${VI_VERSION}
VIAddVersionKey ProductName Sealwright
VIAddVersionKey CompanyName "The Sealwright developers"
VIAddVersionKey FileDescription "Installs Sealwright"
VIAddVersionKey FileVersion ${VERSION}
VIAddVersionKey ProductVersion ${VERSION}
VIAddVersionKey LegalCopyright "GNU General Public License, version 3 or later"
!if "${SIGN}" != ""
    !uninstfinalize '"${SIGN}" "%1"' = 0
!endif

Var ForAll ; 1: for all users
Var IsAnswered ; 1: so it was said before the first page
Var Given ; the folder of /D=
Var ForAllButton
Var OldVersion ; what is to be said of it if this fails
Var RemoveProfiles
Var RemoveProfilesBox

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WORK}/side.bmp"
!define MUI_WELCOMEPAGE_TEXT "Sealwright sets up SPF, DKIM and DMARC for the domains of your mail server.$\r$\n$\r$\n\
    An older version is replaced. Your domains and keys stay as they are.$\r$\n$\r$\n$_CLICK"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Open Sealwright"
!define MUI_FINISHPAGE_RUN_FUNCTION openSealwright
!insertmacro MUI_PAGE_WELCOME
Page custom askForWhom takeForWhom
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
UninstPage custom un.askAboutProfiles un.takeAboutProfiles
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

!macro useContext
    ${If} $ForAll = 1
        SetShellVarContext all
    ${Else}
        SetShellVarContext current
    ${EndIf}
!macroend

; In $0: 1 where the program may write for all users.
!macro askForRights
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 == Admin
        StrCpy $0 1
    ${Else}
        StrCpy $0 0
    ${EndIf}
!macroend

; A program that runs can't be replaced: better nothing is changed than half.
!macro refuseWhileInUse PROGRAM
    ${Do}
        ClearErrors
        ${IfNot} ${FileExists} "${PROGRAM}"
            ${Break}
        ${EndIf}
        FileOpen $0 "${PROGRAM}" a
        ${IfNot} ${Errors}
            FileClose $0
            ${Break}
        ${EndIf}
        ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${PROGRAM} is in use. Close it first." /SD IDCANCEL IDCANCEL`
            SetErrorLevel 2
            Quit
        ${EndIf}
    ${Loop}
!macroend

!macro refuseWhileRunning FOLDER
    !insertmacro refuseWhileInUse "${FOLDER}\sealwright.exe"
    !insertmacro refuseWhileInUse "${FOLDER}\sealwright-cli.exe"
!macroend

; ---- Installing

Function .onInit
    ${IfNot} ${AtLeastBuild} 18362 ; the first that takes all paths in UTF-8
        MessageBox MB_ICONSTOP "Sealwright needs Windows 10, version 1903, or newer." /SD IDOK
        SetErrorLevel 2
        Quit
    ${EndIf}
    StrCpy $ForAll 0
    StrCpy $Given $INSTDIR
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/ALLUSERS" $2
    ${IfNot} ${Errors}
        StrCpy $ForAll 1
        StrCpy $IsAnswered 1
        !insertmacro askForRights
        ${If} $0 = 0
            MessageBox MB_ICONSTOP "Installing for all users needs administrator rights." /SD IDOK
            SetErrorLevel 2
            Quit
        ${EndIf}
    ${EndIf}
    Call chooseFolder
FunctionEnd

; Where an older version is, or else where Windows wants it; /D= stays.
Function chooseFolder
    !insertmacro useContext
    SetRegView 64
    StrCpy $INSTDIR $Given
    ${If} $INSTDIR != ""
        Return
    ${EndIf}
    ReadRegStr $INSTDIR SHCTX "${UNINSTALL_KEY}" InstallLocation
    ${If} $INSTDIR == ""
        ${If} $ForAll = 1
            StrCpy $INSTDIR "$PROGRAMFILES64\Sealwright"
        ${Else}
            StrCpy $INSTDIR "$LOCALAPPDATA\Programs\Sealwright"
        ${EndIf}
    ${EndIf}
FunctionEnd

Function askForWhom
    ${If} $IsAnswered = 1 ; on the command line, or a moment ago in the copy without rights
        Abort
    ${EndIf}
    !insertmacro MUI_HEADER_TEXT "For whom" "Who shall be able to use Sealwright on this computer?"
    nsDialogs::Create 1018
    Pop $0
    ${NSD_CreateRadioButton} 0 0 100% 12u "Only for &me (needs no administrator rights)"
    Pop $0
    ${NSD_CreateRadioButton} 0 18u 100% 12u "For &all users (needs administrator rights)"
    Pop $ForAllButton
    SetRegView 64
    ReadRegStr $1 HKLM "${UNINSTALL_KEY}" InstallLocation
    ${If} $1 != "" ; Beside that one, another for a single user would be one too many.
        StrCpy $0 $ForAllButton
    ${EndIf}
    ${NSD_Check} $0
    ${NSD_SetFocus} $0
    nsDialogs::Show
FunctionEnd

Function takeForWhom
    ${NSD_GetState} $ForAllButton $1
    !insertmacro askForRights
    ${If} $1 <> ${BST_CHECKED}
    ${OrIf} $0 = 1
        StrCpy $2 0
        ${If} $1 = ${BST_CHECKED}
            StrCpy $2 1
        ${EndIf}
        ${If} $ForAll <> $2
            StrCpy $ForAll $2
            Call chooseFolder
        ${EndIf}
        Return
    ${EndIf}
    StrCpy $1 "/ALLUSERS"
    ${If} $Given != ""
        StrCpy $1 "/ALLUSERS /D=$Given"
    ${EndIf}
    ClearErrors
    ExecShell runas "$EXEPATH" $1 ; Windows asks for the rights
    ${If} ${Errors}
        Abort ; They were refused: back to the question.
    ${EndIf}
    Quit
FunctionEnd

; What was installed for this user alone is not left beside what is for all.
Function removeOwnCopy
    ReadRegStr $1 HKCU "${UNINSTALL_KEY}" InstallLocation
    ${If} $1 != ""
    ${AndIf} $1 != $INSTDIR
    ${AndIf} ${FileExists} "$1\uninstall.exe"
        ExecWait '"$1\uninstall.exe" /S _?=$1' $0
        ${If} $0 = 0
            Delete "$1\uninstall.exe"
            RMDir "$1"
        ${EndIf}
    ${EndIf}
FunctionEnd

; As the user who sits there, not as the administrator who installs.
Function openSealwright
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\sealwright.exe"'
FunctionEnd

; Whatever fails before the older version is taken away leaves it as it was.
Section
    !insertmacro useContext
    SetRegView 64
    ReadRegStr $1 SHCTX "${UNINSTALL_KEY}" InstallLocation
    ${If} $1 != ""
    ${AndIfNot} ${FileExists} "$1\uninstall.exe"
        StrCpy $1 ""
    ${EndIf}
    ${If} $1 != ""
        StrCpy $OldVersion " The version that was there is as it was."
        !insertmacro refuseWhileRunning $1
    ${EndIf}
    !insertmacro refuseWhileRunning $INSTDIR
    ClearErrors
    !include "${WORK}\unpack.nsh"
    WriteUninstaller "${NEW}\uninstall.exe"
    ${If} ${Errors}
        Abort
    ${EndIf}
    ${If} $1 != ""
        StrCpy $2 ""
        ${If} $ForAll = 1
            StrCpy $2 "/ALLUSERS"
        ${EndIf}
        ExecWait '"$1\uninstall.exe" $2 /S /REPLACED _?=$1' $0 ; an older version may have files that this one has not
        ${If} $0 <> 0
            Abort
        ${EndIf}
        StrCpy $OldVersion " The older version is gone. Install again to have the new one."
        Delete "$1\uninstall.exe" ; which could not delete itself
        RMDir "$1"
    ${EndIf}
    ClearErrors
    !include "${WORK}\move.nsh"
    Delete "$INSTDIR\uninstall.exe"
    Rename "${NEW}\uninstall.exe" "$INSTDIR\uninstall.exe"
    ${If} ${Errors}
        Abort
    ${EndIf}
    SetOutPath "$INSTDIR"
    RMDir /r "${NEW}"
    CreateShortcut "$SMPROGRAMS\Sealwright.lnk" "$INSTDIR\sealwright.exe" "" "" "" "" "" "Sets up SPF, DKIM and DMARC"

    WriteRegStr SHCTX "${UNINSTALL_KEY}" DisplayName Sealwright
    WriteRegStr SHCTX "${UNINSTALL_KEY}" DisplayVersion ${VERSION}
    WriteRegStr SHCTX "${UNINSTALL_KEY}" DisplayIcon "$INSTDIR\sealwright.exe"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" Publisher "The Sealwright developers"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" InstallLocation "$INSTDIR"
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" EstimatedSize ${SIZE}
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" NoModify 1
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" NoRepair 1
    ${If} $ForAll = 1
        WriteRegStr SHCTX "${UNINSTALL_KEY}" UninstallString '"$INSTDIR\uninstall.exe" /ALLUSERS'
        WriteRegStr SHCTX "${UNINSTALL_KEY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /ALLUSERS /S'
    ${Else}
        WriteRegStr SHCTX "${UNINSTALL_KEY}" UninstallString '"$INSTDIR\uninstall.exe"'
        WriteRegStr SHCTX "${UNINSTALL_KEY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
    ${EndIf}

    ; "Open with" for saved messages; what opens them by itself stays as it was.
    WriteRegStr SHCTX "${APPLICATION}" FriendlyAppName Sealwright
    WriteRegStr SHCTX "${APPLICATION}\SupportedTypes" .eml ""
    WriteRegStr SHCTX "${APPLICATION}\shell\open\command" "" '"$INSTDIR\sealwright.exe" "%1"'
    WriteRegStr SHCTX "Software\Classes\${PROGID}" "" "Saved message"
    WriteRegStr SHCTX "Software\Classes\${PROGID}\DefaultIcon" "" "$INSTDIR\sealwright.exe,0"
    WriteRegStr SHCTX "Software\Classes\${PROGID}\shell\open\command" "" '"$INSTDIR\sealwright.exe" "%1"'
    WriteRegStr SHCTX "Software\Classes\.eml\OpenWithProgids" ${PROGID} ""
    ${If} $ForAll = 1
        Call removeOwnCopy
    ${EndIf}
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Function .onInstFailed
    SetOutPath $TEMP ; a folder that is in use can't go
    RMDir /r "${NEW}"
    RMDir "$INSTDIR"
    MessageBox MB_ICONSTOP "Sealwright could not be installed: its files could not be written to $INSTDIR.$OldVersion" /SD IDOK
    SetErrorLevel 2
FunctionEnd

; ---- Uninstalling. Keys are never touched; profiles only when asked for, and only those of the user who asks.

Function un.onInit
    StrCpy $RemoveProfiles 0
    StrCpy $ForAll 0
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/ALLUSERS" $2
    ${IfNot} ${Errors}
        StrCpy $ForAll 1
        !insertmacro askForRights
        ${If} $0 = 0
            ${IfNot} ${Silent}
                ExecShell runas "$INSTDIR\uninstall.exe" "/ALLUSERS"
            ${EndIf}
            SetErrorLevel 2
            Quit
        ${EndIf}
    ${EndIf}
    !insertmacro useContext
    SetRegView 64
FunctionEnd

Function un.askAboutProfiles
    !insertmacro MUI_HEADER_TEXT "What you made with it" "Your domains and your keys are not part of the program."
    nsDialogs::Create 1018
    Pop $0
    ${NSD_CreateLabel} 0 0 100% 44u "Private keys stay where they are: in the Windows Credential Manager (Control Panel, \
        User Accounts, Windows Credentials) under names that begin with Sealwright/, or in files that you chose. Remove them \
        there once no mail is signed with them any more."
    Pop $0
    ${If} $ForAll = 0
        ${NSD_CreateCheckBox} 0 56u 100% 12u "&Also remove the saved domains and settings, which are in this folder:"
        Pop $RemoveProfilesBox
        ${NSD_CreateLabel} 12u 70u 95% 24u "$APPDATA\sealwright"
        Pop $0
    ${Else}
        ${NSD_CreateLabel} 0 56u 100% 24u "The saved domains of each user stay in the folder AppData\Roaming\sealwright."
        Pop $0
    ${EndIf}
    nsDialogs::Show
FunctionEnd

Function un.takeAboutProfiles
    ${If} $ForAll = 0
        ${NSD_GetState} $RemoveProfilesBox $RemoveProfiles
    ${EndIf}
FunctionEnd

Section Uninstall
    !insertmacro refuseWhileRunning $INSTDIR
    !include "${WORK}\remove.nsh"
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/REPLACED" $2
    ${If} ${Errors} ; else that is where the version is that comes now
        RMDir /r "${NEW}" ; of an installer that was killed
    ${EndIf}
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\Sealwright.lnk"
    DeleteRegKey SHCTX "${UNINSTALL_KEY}"
    DeleteRegKey /ifempty SHCTX "Software\Microsoft\Windows\CurrentVersion\Uninstall"
    DeleteRegKey SHCTX "${APPLICATION}"
    DeleteRegKey /ifempty SHCTX "Software\Classes\Applications"
    DeleteRegKey SHCTX "Software\Classes\${PROGID}"
    DeleteRegValue SHCTX "Software\Classes\.eml\OpenWithProgids" ${PROGID}
    DeleteRegKey /ifempty SHCTX "Software\Classes\.eml\OpenWithProgids"
    DeleteRegKey /ifempty SHCTX "Software\Classes\.eml"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
    ${If} $RemoveProfiles = ${BST_CHECKED}
        Delete "$APPDATA\sealwright\profiles\*.json"
        RMDir "$APPDATA\sealwright\profiles"
        Delete "$APPDATA\sealwright\settings.ini"
        RMDir "$APPDATA\sealwright" ; stays where there are keys in it
    ${EndIf}
SectionEnd
