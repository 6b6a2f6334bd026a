using System.Text.RegularExpressions;
using Xunit;

namespace Architecture.Tests;

/// <summary>Rules of the house that a search can prove.</summary>
public sealed partial class SourceFacts
{
    [Fact]
    public void No_test_sleeps_or_is_skipped() => Without(SleepOrSkip(), Repository.Files("*.cs", "tests").Where(file => !file.EndsWith("SourceFacts.cs", StringComparison.Ordinal)), 20);

    [Fact]
    public void No_service_steps_around_the_tenant_filter() => Without(FilterOff(), Repository.Files("*.cs", "services"), 50);

    [Fact]
    public void Only_background_tasks_open_rows_of_all_tenants()
    {
        var files = Repository.Files("*.cs", "services").Where(file => AcrossTenants().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(OpenAcrossTenants.Keys.Order(StringComparer.Ordinal), files);
    }

    // Where platform.relay is set or read, each with the reason; no request gets there, but those for public pages, which name the company.
    private static readonly Dictionary<string, string> OpenAcrossTenants = new()
    {
        ["BulkQueue.cs"] = "Two tasks of a service go on with the jobs of all companies; the records are written in a scope of the company.",
        ["ChoreQueue.cs"] = "One task of the contacts service does what is due, such as to forget what merged records held.",
        ["CrossTenantWork.cs"] = "The one statement that other tasks use.",
        ["CustomFieldIndexer.cs"] = "The indexer takes the fields whose values are to be kept, or to go.",
        ["CustomFieldScripts.cs"] = "The owner begins kept values anew, once, where an earlier version kept less.",
        ["DatabaseScripts.cs"] = "The function that policies ask.",
        ["DuplicateCheckQueue.cs"] = "One task of the contacts service compares what was written with what is there.",
        ["DeliveryQueue.cs"] = "The sender of e-mails takes what is due.",
        ["SegmentCheckQueue.cs"] = "One task of the contacts service looks at what was written, for segments.",
        ["ScoreRunQueue.cs"] = "One task of the contacts service applies the rules by which leads are scored.",
        ["SegmentRunQueue.cs"] = "One task of the contacts service applies the expressions of segments.",
        ["DueWork.cs"] = "Such tasks take what is due, and give back what failed.",
        ["ExpiryQueue.cs"] = "Support access whose time is over is told of.",
        ["FieldPurgeQueue.cs"] = "The purger takes the deleted fields whose grace period has ended.",
        ["IdempotencyCleaner.cs"] = "Deletes what has expired.",
        ["ImportChoreQueue.cs"] = "One task of the records service takes imports back, or forgets them.",
        ["MemberKeys.cs"] = "The journal of sign-ins asks in which companies a person works; no request does.",
        ["MovedTable.cs"] = "A move finds the tables of such work by their policies; it opens nothing.",
        ["PublicAddresses.cs"] = "A public page is asked for by its address: of rows that say nothing but whose page the hash of an address is.",
        ["OutboxTable.cs"] = "The relay publishes.",
        ["RebuildQueue.cs"] = "The rebuilder takes the indexes that are being built anew.",
        ["QuoteMailQueue.cs"] = "Messages of quotes that could not be handed over are tried again.",
        ["QuoteExpiryQueue.cs"] = "Quotes whose last day is over are told of.",
        ["RecordPurgeQueue.cs"] = "The purger takes the deleted records whose grace period has ended.",
        ["PurgeQueue.cs"] = "The purger takes the companies whose grace period has ended.",
        ["PlacementScripts.cs"] = "Such tasks ask where tenants live.",
        ["Places.cs"] = "The same question, from the migrator.",
        ["WorkPlaces.cs"] = "The same question, from the tasks.",
        ["RollUpTeller.cs"] = "The teller finds the roll-ups of other services that are to be told something.",
        ["ShareQueue.cs"] = "Services are asked what they have of limits that were set anew.",
        ["SealTable.cs"] = "The sealer takes the ids and hashes of what waits; chains it touches one tenant at a time.",
        ["TenantMigrationsSqlGenerator.cs"] = "Writes the policies of the tables that these tasks work on.",
    };

    [Fact]
    public void Only_the_purge_of_a_company_steps_around_what_keeps_documents_as_they_are() =>
        Assert.Equal(["DatabaseScripts.cs", "TenantRows.cs"], Repository.Files("*.cs", "services").Where(file => Purge().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Programs_are_short_and_do_not_branch_on_the_environment()
    {
        var programs = Repository.Files("Program.cs", "services").ToList();
        Assert.NotEmpty(programs);
        Assert.All(programs, program =>
        {
            var lines = File.ReadAllLines(program);
            Assert.True(lines.Length < 30, $"{Repository.Relative(program)} has {lines.Length} lines.");
            Assert.DoesNotContain(lines, line => line.Contains("IsDevelopment", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Publishing_goes_through_the_outbox() =>
        Without(DirectPublish(), Repository.Files("*.cs", "services").Where(file => !file.EndsWith("EventPublisher.cs", StringComparison.Ordinal)), 50);

    [Fact]
    public void Nothing_starts_a_process_runs_code_from_text_or_draws_a_secret_that_can_be_guessed() =>
        Without(ForeignCode(), Repository.Files("*.cs", "services", "apphost/identity"), 50);

    [Fact]
    public void Migrations_carry_no_copy_of_the_model()
    {
        List<string> files = [.. Designers("services"), .. Designers("apphost")];
        Assert.True(files.Count > 100, $"Only {files.Count} migrations were looked at.");
        Assert.True(files.All(file => !File.ReadAllText(file).Contains("BuildTargetModel", StringComparison.Ordinal)), "Run services/trim-migrations.sh.");

        static IEnumerable<string> Designers(string folder) => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.Designer.cs", SearchOption.AllDirectories);
    }

    private static void Without(Regex pattern, IEnumerable<string> files, int atLeast)
    {
        var read = files.ToList();
        Assert.True(read.Count >= atLeast, $"Only {read.Count} files were found.");
        Assert.All(read, file => Assert.False(pattern.IsMatch(File.ReadAllText(file)), $"{Repository.Relative(file)}: {pattern}"));
    }

    [GeneratedRegex(@"Task\.Delay\((?!Timeout\.Infinite)|Thread\.Sleep\(|\bSkip\s*=\s*""")]
    private static partial Regex SleepOrSkip();

    [GeneratedRegex(@"IgnoreQueryFilters|IModelCustomizer|SetQueryFilter|HasQueryFilter\(null|DISABLE ROW LEVEL|NO FORCE ROW|row_security|session_replication_role", RegexOptions.IgnoreCase)]
    private static partial Regex FilterOff();

    [GeneratedRegex(@"platform\.relay|is_relay|CrossTenantWork\.Open\b|RowsAcrossTenantsAsync|\bDueWork<")]
    private static partial Regex AcrossTenants();

    [GeneratedRegex(@"platform\.purge\b")]
    private static partial Regex Purge();

    // System.Random is foretold by who has seen enough of it.
    [GeneratedRegex(@"Diagnostics\.Process\b|ProcessStartInfo|new Random\(|Random\.Shared|CSharpScript|Assembly\.Load|\bDynamicInvoke\(")]
    private static partial Regex ForeignCode();

    [GeneratedRegex(@"PublishEventAsync|BulkPublishEvent")]
    private static partial Regex DirectPublish();
}
