#include "cli/commandline.h"

namespace sealwright::cli {

const std::array<Note, 3> notes = {{
    {"OUTPUT", "", "Results go to standard output, messages to standard error."},
    {"EXIT STATUS", "Exit status: ",
     "0 all is well; 1 something is wrong with what was looked at; 2 wrong usage or bad input;\n"
     "3 it could not be found out (DNS, network, disk, vault)."},
    {"ENVIRONMENT", "",
     "SEALWRIGHT_PASSPHRASE opens the file of --vault file:PATH, SEALWRIGHT_KEY_PASSPHRASE a key that is\n"
     "imported; SEALWRIGHT_SMTP_PASSWORD and SEALWRIGHT_IMAP_PASSWORD are for message test;\n"
     "without them the terminal is asked."},
}};

CommandLine::CommandLine()
    : app("Sets up SPF, DKIM and DMARC for people who run their own mail server.", "sealwright-cli") {
    app.set_version_flag("--version", "sealwright " SEALWRIGHT_VERSION);
    app.require_subcommand(1);
    app.fallthrough(); // Global options stand before or behind the command.
    std::string footer;
    for (const Note& note : notes) {
        footer += std::string(footer.empty() ? "" : "\n\n") + note.label + note.text;
    }
    app.footer(footer);
    addGlobalOptions(app, global);
    addSetupCommand(app, action);
    addDomainCommand(app, action);
    addKeyCommand(app, action);
    addRecordsCommand(app, action);
    addExportCommand(app, action);
    addCheckCommand(app, action);
    addWatchCommand(app, action);
    addSpfCommand(app, action);
    addDmarcCommand(app, action);
    addMessageCommand(app, action);
    addLintCommand(app, action);
    addZoneCommand(app, action, global.zoneFiles);
}

} // namespace sealwright::cli
