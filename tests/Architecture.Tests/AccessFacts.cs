using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Filtering;
using Xunit;

namespace Architecture.Tests;

/// <summary>Protected records are reached by way of the access engine, and by no other way.</summary>
public sealed partial class AccessFacts
{
    private static readonly List<(Assembly Service, Type Entity)> Entities = [.. Repository.Services.Values
        .SelectMany(service => service.GetTypes().Where(type => type.IsSubclassOf(typeof(ProtectedEntity))).Select(type => (service, type)))];

    public static TheoryData<string> Resources => [.. ResourceCatalogue.All.Append(ResourceCatalogue.Objects).Select(resource => resource.Name)];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Every_resource_of_the_catalogue_has_one_entity_whose_fields_are_those_that_policies_may_name(string name)
    {
        var resource = Assert.Single(Entities.Select(entity => ResourceOf(entity.Entity)), resource => resource.Info.Name == name);
        var schema = resource.GetType().GetProperty("Schema")!.GetValue(resource)!;
        var fields = ((IEnumerable<(string Name, FilterKind Kind, bool Sortable)>)schema.GetType().GetProperty("Fields")!.GetValue(schema)!).ToList();
        Assert.Equal(FilterableFields.SchemaOf(resource.Info).Fields.Select(field => (field.Name, field.Kind)), fields.Select(field => (field.Name, field.Kind)));
        Assert.Equal(resource.Info.Sortable.Order(StringComparer.Ordinal), fields.Where(field => field.Sortable).Select(field => field.Name));
    }

    [Fact]
    public void No_context_hands_out_a_set_of_a_protected_kind()
    {
        var sets = Repository.Services.Values.SelectMany(service => service.GetTypes()).Where(type => type.IsSubclassOf(typeof(PlatformDbContext)))
            .SelectMany(context => context.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(property => property.PropertyType.IsGenericType).ToList();
        Assert.True(Entities.Count >= 5, $"Only {Entities.Count} protected kinds were found.");
        Assert.All(Entities, entity =>
        {
            var ways = sets.Where(property => property.PropertyType.GetGenericArguments()[0] == entity.Entity).ToList();
            Assert.Equal(typeof(ProtectedSet<>), Assert.Single(ways).PropertyType.GetGenericTypeDefinition());
        });
    }

    [Fact]
    public void Protected_rows_are_neither_found_nor_changed_around_the_engine()
    {
        var sources = Repository.Files("*.cs", "services").Where(file => !file.Contains("/services/shared/", StringComparison.Ordinal)).ToDictionary(Repository.Relative, File.ReadAllText);
        Assert.True(sources.Count > 100, $"Only {sources.Count} files were found.");
        var names = string.Join('|', ResourceCatalogue.All.Append(ResourceCatalogue.Objects).Select(resource => resource.Message.Name == "Person" ? "People" : resource.Message.Name == "Company" ? "Companies" : resource.Message.Name == "Activity" ? "Activities" : $"{resource.Message.Name}s"));
        var bulk = new Regex($@"\.({names})\b[^;]*?\.Execute(Update|Delete)");
        Assert.All(sources, source =>
        {
            Assert.False(AroundTheSet().IsMatch(source.Value), $"{source.Key} reads around the protected sets.");
            Assert.False(bulk.IsMatch(source.Value), $"{source.Key} writes around the change tracker.");
        });
    }

    [Fact]
    public void Raw_statements_on_protected_tables_are_on_the_written_list()
    {
        var tables = new Regex(@"(FROM|INTO|UPDATE|JOIN)\s+(leads|people|companies|activities|deals|quotes|invoices|products|prices|price_lists|credit_notes|relations|records)\b");
        var found = Repository.Files("*.cs", "services").Where(file => tables.IsMatch(File.ReadAllText(file))).Select(Repository.Relative).Order();
        Assert.Equal(RawStatements.Keys.Order(), found);
    }

    // Statements that name a protected table, each with what holds them to the policies.
    private static readonly Dictionary<string, string> RawStatements = new()
    {
        ["services/contacts/Activities/CompleteActivity.cs"] = "Locks one row; ProtectedSet.FromSql narrows what comes out.",
        ["services/contacts/Activities/Timeline.cs"] = "Locks the entries of a record that goes, whoever sees them: what becomes of them follows from that.",
        ["services/contacts/Leads/Scoring/ScoreLeads.cs"] = "Rules of the company apply to every lead, whoever sees it; nothing but the score changes, and nothing comes out.",
        ["services/contacts/Lookups.cs"] = "Locks one row, or some; ProtectedSet.FromSql narrows what comes out.",
        ["services/contacts/Merging/MergeKind.cs"] = "Locks the rows of a merge; ProtectedSet.FromSql narrows what comes out. Whether a company is there is asked for a person who is given back.",
        ["services/deals/Deals/DealRows.cs"] = "Locks one row; ProtectedSet.FromSql narrows what comes out.",
        ["services/deals/Roles/PeopleOfDeals.cs"] = "Ids that a filter compares those of readable deals with; nothing else comes out.",
        ["services/deals/History/PastDeal.cs"] = "Keeps the row of a deal that goes, and gives reports back what was there; ProtectedSet.FromSql narrows what comes out.",
        ["services/deals/Stages/StagedRows.cs"] = "What follows from a change of a pipeline, whoever may see the deals; nothing comes out.",
        ["services/deals/Quotes/QuoteRows.cs"] = "Locks one row, which ProtectedSet.FromSql narrows; and all quotes of a deal, whoever sees them, to hold to what was promised already.",
        ["services/finance/Invoices/InvoiceRows.cs"] = "Locks one row; ProtectedSet.FromSql narrows what comes out.",
        ["services/inventory/Products/ProductRows.cs"] = "Locks some rows; ProtectedSet.FromSql narrows what comes out.",
        ["services/inventory/Products/TakeProducts.cs"] = "Writes down of products that ProtectedSet found already that they are in use; nothing comes out.",
        ["services/inventory/Prices/PriceRows.cs"] = "Locks the prices of a product that goes, whoever sees them: they go with it.",
        ["services/inventory/Prices/PriceListRows.cs"] = "Which list is the default, and how many there are, whoever sees them: rules of the company.",
        ["services/contacts/Relations/RelationRows.cs"] = "Relations of a record that goes, and whether there is one already, whoever sees them: nothing of them comes out.",
        ["services/contacts/Relations/CompanyHierarchy.cs"] = "Whether a company would be below itself, whoever sees those between: nothing but that comes out.",
        ["services/records/Links/LinkedRows.cs"] = "Locks rows: one that ProtectedSet.FromSql narrows, those that a rule changes, for which the write guard asks, and ids that were found already.",
        ["services/contacts/Imports/Undoing/UndoKind.cs"] = "Rows of an import that is taken back; who asked for it was held to the policies on each of them before it began.",
        ["services/contacts/Imports/Writing/BulkInserts.cs"] = "New rows, which ProtectedSet.PrepareNew has checked.",
        ["services/records/Imports/Writing/BulkInserts.cs"] = "New rows, which ProtectedSet.PrepareNew has checked.",
        ["services/contacts/Imports/Writing/KnownRows.cs"] = "Finds rows by many keys; ProtectedSet.FromSql narrows what comes out.",
        ["services/records/Imports/Undoing/ImportedRows.cs"] = "Rows of an import that is taken back; who asked for it was held to the policies on each of them before it began.",
        ["services/records/Imports/Undoing/ImportUndo.cs"] = "Whether records lead to those of an import that is taken back, whoever sees them; nothing but ids of these comes out.",
        ["services/records/Imports/Writing/KnownRecords.cs"] = "Finds rows by a name or a value; ProtectedSet.FromSql narrows what comes out.",
    };

    private static ProtectedResource ResourceOf(Type entity) => (ProtectedResource)entity.GetProperty("Resource", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    [GeneratedRegex(@"\b(db|[cC]ontext)\.(Set<|Find(Async)?[<(]|Entry[<(])|ProtectedRows<(?!\w+>\(\);)")]
    private static partial Regex AroundTheSet();
}
