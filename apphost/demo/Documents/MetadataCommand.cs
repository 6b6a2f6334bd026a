using System.CommandLine;

namespace Platform.Demo.Documents;

/// <summary>The words of <c>metadata</c>.</summary>
internal static class MetadataCommand
{
    public static Command Create(Option<Uri> gateway, Option<Uri> identity)
    {
        var tenant = new Option<string>("--tenant") { Description = "Short name of the company.", DefaultValueFactory = _ => "acme" };
        var file = new Option<FileInfo?>("--file") { Description = "The document; the terminal where an export names none." };
        var prune = new Option<bool>("--prune") { Description = "What the document lacks goes." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Does it all, tells what came of it, and takes it back." };
        var note = new Option<string?>("--note") { Description = "Why, for those who read the versions." };
        var version = new Argument<int>("version") { Description = "Number of the version." };
        var command = new Command("metadata", "A company's metadata as a document, as its administrator: of the demo's companies, or of that of PLATFORM_TOKEN.")
        {
            Sub(new Command("export", "Writes the document.") { file }, run => run.ExportAsync),
            Sub(new Command("diff", "Says what applying a document would change; 1 where it would anything.") { file, prune }, run => run.CompareAsync),
            Sub(new Command("apply", "Makes the metadata what a document says, as a whole or not at all.") { file, prune, dryRun, note }, run => run.ApplyAsync),
            Sub(new Command("versions", "Lists what was applied."), run => run.ListAsync),
            Sub(new Command("restore", "Makes the metadata what it was in a version.") { version, dryRun }, run => run.RestoreAsync),
        };
        return command;

        Command Sub(Command sub, Func<MetadataRun, Func<Task<int>>> step)
        {
            foreach (var option in (Option[])[tenant, gateway, identity])
                sub.Add(option);
            sub.SetAction((parsed, cancellationToken) => MetadataRun.RunAsync(
                new MetadataSettings(parsed.GetRequiredValue(gateway), parsed.GetRequiredValue(identity), parsed.GetRequiredValue(tenant))
                {
                    File = Has(file) ? parsed.GetValue(file) : null,
                    Prune = Has(prune) && parsed.GetValue(prune),
                    DryRun = Has(dryRun) && parsed.GetValue(dryRun),
                    Note = Has(note) ? parsed.GetValue(note) ?? "" : "",
                    Version = sub.Arguments.Contains(version) ? parsed.GetValue(version) : 0,
                }, step, cancellationToken));
            return sub;

            bool Has(Option option) => sub.Options.Contains(option);
        }
    }
}
