using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Platform.LocalHost.Instances;

namespace Platform.LocalHost.CommandLine;

/// <summary>The words after <c>dotnet run --project apphost --</c>.</summary>
internal static partial class LocalCommandLine
{
    private static readonly Option<string> InstanceName = Name("--instance", "Name of the instance: own data, own ports.", Instance.DefaultName);

    private static readonly Option<int?> PortOffset = new("--port-offset") { Description = "Added to all ports of the instance; kept for later starts.", Recursive = true };
    private static readonly Option<string?> Components = new Option<string?>("--components")
    {
        Description = "Which component files Dapr reads, and so which servers its broker and its state live on.",
        Recursive = true,
    }.AcceptOnlyFromAmong("local", "redis", "rabbitmq", "kafka");

    private static readonly Option<bool> NoDashboard = new("--no-dashboard") { Description = "Runs without the dashboard, and so without telemetry.", Recursive = true };
    private static readonly Option<bool> Last = new("--last") { Description = "Only the latest one, with its spans." };
    // What "wait" waits for anyway, for scripts that say it.
    private static readonly Option<bool> Healthy = new("--healthy") { Description = "Until they are healthy, which is what it waits for." };
    private static readonly Option<bool> Json = new("--json") { Description = "Prints JSON." };
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Goes on printing as the log grows." };
    private static readonly Option<bool> ShowSecrets = new("--show-secrets") { Description = "Prints passwords as they are, and not as dots." };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Does it without asking whether it is meant." };
    private static readonly Option<int> Seconds = new("--timeout") { Description = "How many seconds to wait.", DefaultValueFactory = _ => 300 };
    private static readonly Option<FileInfo?> Contacts = ExistingFile("--contacts", "The CSV file to import.");
    private static readonly Option<string?> Tenant = new("--tenant") { Description = "Short name of one company; all companies of the demo when none is given." };
    private static readonly Argument<string> Moved = new("tenant") { Description = "Short name or id of the company." };
    private static readonly Option<string> To = new Option<string>("--to") { Description = "Where its rows are to lie: shared tables, tables of its own or a database of its own.", Required = true }
        .AcceptOnlyFromAmong("shared", "schema", "database");

    private static readonly Option<FileInfo?> Document = new("--file") { Description = "The document." };
    private static readonly Option<bool> Prune = new("--prune") { Description = "What the document lacks goes." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Does it all, tells what came of it, and takes it back." };
    private static readonly Option<string?> Note = new("--note") { Description = "Why, for those who read the versions." };
    private static readonly Argument<int> Version = new("version") { Description = "Number of the version." };

    private static readonly Argument<string> Resource = new("resource") { Description = "Name of a resource, as ps shows it." };
    private static readonly Argument<string[]> Command = new("command")
    {
        Description = "Name of the command, and what it asks for as name=value; lists the commands when none is given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Argument<string[]> Resources = new("resource") { Description = "Names of resources; all when none is given.", Arity = ArgumentArity.ZeroOrMore };

    public static CommandRequest Parse(string[] args)
    {
        string[] settings = [.. args.Where(argument => Setting().IsMatch(argument))];
        var parsed = Root().Parse([.. args.Where(argument => !Setting().IsMatch(argument))]);
        // A mistake has no values: the command line says what it is.
        if (parsed.Errors.Count > 0)
            return new CommandRequest(parsed) { Command = parsed.CommandResult.Command.Name, InstanceName = Instance.DefaultName, Settings = settings };
        return new CommandRequest(parsed)
        {
            Command = parsed.CommandResult.Command is RootCommand ? "up" : NameOf(parsed.CommandResult),
            InstanceName = parsed.GetValue(InstanceName)!,
            PortOffset = parsed.GetValue(PortOffset),
            NoDashboard = parsed.GetValue(NoDashboard),
            Last = Value(parsed, Last),
            Json = Value(parsed, Json),
            Follow = Value(parsed, Follow),
            ShowSecrets = Value(parsed, ShowSecrets),
            Yes = Value(parsed, Yes),
            Seconds = Value(parsed, Seconds),
            Contacts = Value(parsed, Contacts),
            Words = WordsOf(parsed),
            Resources = [.. Value(parsed, Resources) ?? [], .. Value(parsed, Resource) is { } one ? (string[])[one] : []],
            Settings = [.. settings, .. parsed.Errors.Count == 0 && parsed.GetValue(Components) is { } components ? (string[])[$"--Dapr:Components={components}"] : []],
        };
    }

    // What a command of a resource, or the demo's program, is told of what was said here.
    private static List<string> WordsOf(ParseResult parsed)
    {
        var words = new List<string>(Value(parsed, Command) ?? []);
        if (Value(parsed, To) is { } level)
            words.AddRange([Value(parsed, Moved)!, "--to", level]);
        if (Value(parsed, Version) is > 0 and var version)
            words.Add($"{version}");
        if (Value(parsed, Tenant) is { } tenant)
            words.AddRange(["--tenant", tenant]);
        if (Value(parsed, Document) is { } file)
            words.AddRange(["--file", file.FullName]);
        if (Value(parsed, Note) is { } note)
            words.AddRange(["--note", note]);
        if (Value(parsed, Prune))
            words.Add("--prune");
        if (Value(parsed, DryRun))
            words.Add("--dry-run");
        return words;
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Runs the platform on this machine. Without a command: up.")
        {
            InstanceName,
            PortOffset,
            Components,
            NoDashboard,
            new Command("up", "Builds and starts everything, and runs until Ctrl-C."),
            new Command("down", "Stops the running instance."),
            new Command("ps", "Lists the resources of the running instance.") { Json },
            new Command("logs", "Prints logs.") { Resources, Follow },
            new Command("wait", "Waits until resources are healthy; all when none is named.") { Resources, Seconds, Healthy },
            new Command("env", "Prints the environment that a resource was started with.") { Resource, ShowSecrets },
            new Command("doctor", "Says what this machine has, what is missing, and how to get it."),
            new Command("start", "Starts a resource and waits until it is healthy.") { Resource },
            new Command("stop", "Stops a resource.") { Resource },
            new Command("restart", "Stops and starts a resource and waits until it is healthy.") { Resource },
            new Command("rebuild", "Builds a resource's project, puts the new program in the place of the old one and waits until it is healthy.") { Resource },
            new Command("command", "Runs a command that the AppHost has given a resource.") { Resource, Command, Yes },
            new Command("traces", "Lists the latest traces of the instance, running or not.") { Last },
            new Command("reset", "Deletes all data of an instance that does not run."),
            new Command("audit", "Looks after the audit log of the running instance.")
            {
                new Command("verify", "Computes the chains of the log anew and names the first entry that was tampered with.") { Tenant },
            },
            new Command("tenants", "Looks after the companies of the running instance.")
            {
                new Command("move", "Moves the rows of a company in all services while its people work; again after a failure, it goes on.") { Moved, To },
            },
            new Command("metadata", "A company's metadata as a document: fields, dictionaries, views, layouts, dashboards, themes.")
            {
                new Command("export", "Writes the document to a file, or to the terminal.") { Tenant, Document },
                new Command("diff", "Says what applying a document would change; 1 where it would anything.") { Tenant, Document, Prune },
                new Command("apply", "Makes the metadata what a document says, as a whole or not at all, and keeps a version.") { Tenant, Document, Prune, DryRun, Note },
                new Command("versions", "Lists what was applied.") { Tenant },
                new Command("restore", "Makes the metadata what it was in a version.") { Version, Tenant, DryRun },
            },
            new Command("demo", "Plays the main job against the running instance, or one started for it.") { Contacts },
        };
        // The commands act only when the application is described; here they mark what was asked for.
        root.SetAction(static _ => 0);
        foreach (var command in root.Subcommands.Concat(root.Subcommands.SelectMany(command => command.Subcommands)).Where(command => command.Subcommands.Count == 0))
            command.SetAction(static _ => 0);
        return root;
    }

    // A command of a command has both names: "audit verify".
    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent ? $"{parent.Command.Name} {result.Command.Name}" : result.Command.Name;

    private static Option<string> Name(string name, string description, string otherwise)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => otherwise, Recursive = true };
        option.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { } given && !InstanceNames().IsMatch(given))
                result.AddError($"'{given}' is no name for an instance: small letters, digits and hyphens.");
        });
        return option;
    }

    private static Option<FileInfo?> ExistingFile(string name, string description)
    {
        var option = new Option<FileInfo?>(name) { Description = description };
        // Said at once, and not after minutes of starting.
        option.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { Exists: false } missing)
                result.AddError($"There is no file '{missing.FullName}'.");
        });
        return option;
    }

    private static T? Value<T>(ParseResult parsed, Option<T> option) => parsed.GetResult(option) is null ? default : parsed.GetValue(option);

    private static T? Value<T>(ParseResult parsed, Argument<T> argument) => parsed.GetResult(argument) is null ? default : parsed.GetValue(argument);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,30}\z")]
    private static partial Regex InstanceNames();

    /// <summary>A setting of the AppHost, such as <c>--Parameters:name=value</c>.</summary>
    [GeneratedRegex("^--[A-Za-z][^=]*:[^=]+=")]
    private static partial Regex Setting();
}
