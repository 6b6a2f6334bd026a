using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Events;
using Platform.Metadata.Schemas;
using Platform.Metadata.Shapes;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Metadata.Packages;

internal static class ApplyMetadata
{
    public sealed class Validator : AbstractValidator<V1.ApplyMetadataRequest>
    {
        public Validator() => RuleFor(request => request.Note).Text(500);
    }

    public static async Task<Result<V1.ApplyMetadataResponse>> Handle(V1.ApplyMetadataRequest request, ShapeWork work, PackageSteps steps, CancellationToken cancellationToken)
    {
        var package = PackageDocument.Read(request.Document);
        return package.IsError
            ? package.Error
            : await RunAsync(new PackageRun("apply", request.Note, package.Value) { Prune = request.Prune, DryRun = request.DryRun }, work, steps, cancellationToken);
    }

    /// <summary>As a whole or not at all. A dry run does everything and takes it back.</summary>
    public static async Task<Result<V1.ApplyMetadataResponse>> RunAsync(PackageRun run, ShapeWork work, PackageSteps steps, CancellationToken cancellationToken)
    {
        await using var own = work.Db.Database.CurrentTransaction is null ? await work.Db.Database.BeginTransactionAsync(cancellationToken) : null;
        await work.Db.HoldSchemaAsync(cancellationToken);
        await work.Db.Database.CurrentTransaction!.CreateSavepointAsync("metadata_apply", cancellationToken);
        var outcome = await TakeAllAsync(run, work, steps, cancellationToken);
        if (outcome.IsError || run.DryRun)
        {
            await work.Db.Database.CurrentTransaction.RollbackToSavepointAsync("metadata_apply", cancellationToken);
            work.Db.ChangeTracker.Clear();
        }
        else if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return outcome;
    }

    private static async Task<Result<V1.ApplyMetadataResponse>> TakeAllAsync(PackageRun run, ShapeWork work, PackageSteps steps, CancellationToken cancellationToken)
    {
        var db = work.Db;
        var live = await db.ReadPackageAsync(cancellationToken);
        var changes = PackageChange.Between(live, run.Package, run.Prune);
        if (CycleIn(changes, live, run.Package) is { } cycle)
            return cycle;
        await PackageVersions.KeepManualAsync(db, live, work.Time.GetUtcNow(), cancellationToken);
        var response = new V1.ApplyMetadataResponse();
        foreach (var change in changes)
        {
            var error = await steps.TakeAsync(change, cancellationToken);
            if (error is { Code: "DICTIONARY_IN_USE" } && change.After is null)
                response.Warnings.Add($"{change.Item.Name}: {Say(error.Message)}");
            else if (error is not null)
                return Named(error, change);
            else
                response.Changes.Add(change.ToMessage());
            LetGo(db);
        }

        if (run.DryRun)
            return response;
        var version = PackageVersions.Next(
            await PackageVersions.LastNumberAsync(db, cancellationToken), run.Action, run.Note, response.Changes.Count, await db.ReadPackageAsync(cancellationToken), db.Caller, work.Time.GetUtcNow());
        db.Versions.Add(version);
        db.Audit(run.Action, "metadata.package", version.Id.ToString(), after: new Struct { Fields = { ["number"] = Value.ForNumber(version.Number), ["changes"] = Value.ForNumber(version.ChangeCount), ["note"] = Value.ForString(version.Note) } });
        await db.SaveChangesAsync(cancellationToken);
        response.Version = version.ToMessage();
        return response;
    }

    // Each save looks through all that is tracked, and a company has thousands of fields. Of what is saved one event stays: by it the relay
    // hears at the commit that there are some.
    private static void LetGo(MetadataDbContext db)
    {
        var told = db.ChangeTracker.Entries<OutboxMessage>().LastOrDefault()?.Entity;
        db.ChangeTracker.Clear();
        if (told is not null)
            db.Outbox.Attach(told);
    }

    // Before the first step, because a formula or roll-up that is new has no type yet: the next one that reads it would only seem wrong.
    private static Error? CycleIn(IReadOnlyList<PackageChange> changes, V1.MetadataPackage live, V1.MetadataPackage wanted)
    {
        var gone = changes.Where(change => change.After is null).Select(change => change.Item.Name).ToHashSet(StringComparer.Ordinal);
        var fields = wanted.Fields.Concat(live.Fields).DistinctBy(PackageItem.NameOf).Where(field => !gone.Contains(PackageItem.NameOf(field))).ToList();
        var changed = changes.Select(change => change.After?.Message).OfType<Field>();
        return (FormulaCycles.Find(fields) ?? RollUpRules.FindCycle(changed, fields)) is { } cycle
            && changes.FirstOrDefault(change => change.After?.Message is Field field && PackageItem.NameOf(field) == PackageItem.NameOf(cycle.Field)) is { } change
            ? Named(cycle.Error, change)
            : null;
    }

    // Where it stands in the document, in place of where it would stand in a request of its own.
    private static Error Named(Error error, PackageChange change) => error with
    {
        Message = $"{change.Item.Kind} {change.Item.Name}: {Say(error.Message)}",
        Violations = [.. error.Violations.Select(violation => new FieldViolation($"{change.Item.Path}{(violation.Field.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? violation.Field[dot..] : "")}", violation.Message))],
    };
}
