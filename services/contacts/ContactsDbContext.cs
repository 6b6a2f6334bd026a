using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Bulk;
using Platform.Contacts.Activities;
using Platform.Contacts.Chores;
using Platform.Contacts.Companies;
using Platform.Contacts.Duplicates;
using Platform.Contacts.Imports.Undoing;
using Platform.Contacts.Leads;
using Platform.Contacts.Leads.Assignment;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Contacts.Segments;
using Platform.Contacts.Segments.Keeping;
using Platform.Data;
using Platform.Monetary.Rates;
using Platform.Tenancy.Quotas;

namespace Platform.Contacts;

/// <summary>The unit of work of the contacts domain.</summary>
public sealed class ContactsDbContext(DbContextOptions<ContactsDbContext> options) : PlatformDbContext(options)
{
    internal ProtectedSet<Company> Companies => ProtectedRows<Company>();

    internal ProtectedSet<Person> People => ProtectedRows<Person>();

    internal ProtectedSet<Lead> Leads => ProtectedRows<Lead>();

    internal ProtectedSet<Activity> Activities => ProtectedRows<Activity>();

    internal DbSet<DeletedDeal> DeletedDeals => Set<DeletedDeal>();

    internal DbSet<Merge> Merges => Set<Merge>();

    internal DbSet<MergedRecord> MergedRecords => Set<MergedRecord>();

    internal DbSet<MergeMove> MergeMoves => Set<MergeMove>();

    internal DbSet<DuplicateRuleSet> DuplicateRuleSets => Set<DuplicateRuleSet>();

    internal DbSet<DuplicatePair> DuplicatePairs => Set<DuplicatePair>();

    internal DbSet<DuplicateCheck> DuplicateChecks => Set<DuplicateCheck>();

    internal DbSet<LeadAssignmentSet> LeadAssignments => Set<LeadAssignmentSet>();

    internal DbSet<DepartedMember> DepartedMembers => Set<DepartedMember>();

    internal DbSet<Segment> Segments => Set<Segment>();

    internal DbSet<SegmentMember> SegmentMembers => Set<SegmentMember>();

    internal DbSet<SegmentRun> SegmentRuns => Set<SegmentRun>();

    internal DbSet<Import> Imports => Set<Import>();

    internal DbSet<ImportedRecord> ImportedRecords => Set<ImportedRecord>();

    internal DbSet<Chore> Chores => Set<Chore>();

    /// <summary>PostgreSQL's <c>lower</c>, in queries only.</summary>
    internal static string Lower(string text) => throw new NotSupportedException($"'{text}' is folded by PostgreSQL only.");

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        DuplicateChecks.AddRange(WrittenRecords.Of(ChangeTracker));
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        model.HasDbFunction(((Func<string, string>)Lower).Method).HasName("lower").IsBuiltIn();
        CompanyConfiguration.Map(model.Entity<Company>());
        PersonConfiguration.Map(model.Entity<Person>());
        LeadConfiguration.Map(model.Entity<Lead>());
        ActivityConfiguration.Map(model.Entity<Activity>());
        DeletedDeal.Map(model.Entity<DeletedDeal>());
        Merge.Map(model.Entity<Merge>());
        MergedRecord.Map(model.Entity<MergedRecord>());
        MergeMove.Map(model.Entity<MergeMove>());
        DuplicateRuleSet.Map(model.Entity<DuplicateRuleSet>());
        DuplicatePair.Map(model.Entity<DuplicatePair>());
        DuplicateCheck.Map(model.Entity<DuplicateCheck>());
        LeadAssignmentSet.Map(model.Entity<LeadAssignmentSet>());
        AssignmentTurn.Map(model.Entity<AssignmentTurn>());
        DepartedMember.Map(model.Entity<DepartedMember>());
        Segment.Map(model.Entity<Segment>());
        SegmentMember.Map(model.Entity<SegmentMember>());
        SegmentCheck.Map(model.Entity<SegmentCheck>());
        SegmentRun.Map(model.Entity<SegmentRun>());
        Import.Map(model.Entity<Import>());
        ImportedRecord.Map(model.Entity<ImportedRecord>());
        Chore.Map(model.Entity<Chore>());
        model.MapReporting();
        model.MapBulk();
        Quota.Map(model.Entity<Quota>());
    }
}
