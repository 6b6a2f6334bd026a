using Platform.Importing;
using Platform.Importing.Writing;

namespace Platform.Contacts.Imports.Writing;

/// <summary>What a good row did.</summary>
internal readonly record struct RowOutcome(Change Person = Change.None, Change Company = Change.None, Change Lead = Change.None, RowFault? Warning = null)
{
    /// <summary>Adds itself to the summary.</summary>
    public void CountIn(V1.ImportSummary summary)
    {
        summary.PeopleCreated += One(Person, Change.Created);
        summary.PeopleUpdated += One(Person, Change.Updated);
        summary.CompaniesCreated += One(Company, Change.Created);
        summary.CompaniesUpdated += One(Company, Change.Updated);
        summary.LeadsCreated += One(Lead, Change.Created);
        summary.LeadsUpdated += One(Lead, Change.Updated);
        summary.RowsDuplicate += Warning is null ? 0 : 1;
        if (Warning is { } warning && summary.Warnings.Count < ImportLimits.SummaryErrors)
            summary.Warnings.Add(ContactsReport.ToMessage(warning));
        summary.RowsUnchanged += Person == Change.None && Company == Change.None && Lead == Change.None ? 1 : 0;
    }

    private static int One(Change change, Change wanted) => change == wanted ? 1 : 0;
}
