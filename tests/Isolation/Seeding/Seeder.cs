using Google.Protobuf;
using Isolation.Tests.Attacks;
using Isolation.Tests.Contracts;
using Isolation.Tests.Installation;
using Platform.Access;
using Platform.CustomFields.V1;

namespace Isolation.Tests.Seeding;

/// <summary>Makes a company use every call of the platform, by the front door, until each has succeeded once.</summary>
/// <param name="installation">Where.</param>
/// <param name="doors">The ways in.</param>
/// <param name="company">The company.</param>
/// <param name="example">One that has done so already: what it had to guess is known.</param>
internal sealed class Seeder(PlatformInstallation installation, Doors doors, Company company, Company? example = null)
{
    private const int MaxGuesses = 40;
    private const int Rounds = 8;

    /// <summary>Why the calls that never succeeded did not.</summary>
    public Dictionary<string, string> Unreached { get; } = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await DefineObjectAsync(cancellationToken);
        foreach (var resource in ResourceCatalogue.All.Where(resource => resource.HasCustomFields).Append(ResourceCatalogue.Find(ResourceCatalogue.ObjectPrefix + company.ObjectKey)!))
            await DefineAsync(resource.Name, cancellationToken);
        await installation.QuietAsync();
        // At least twice, so that lists have a second page; later rounds find what events have made. What deletes comes last.
        for (var round = 0; round < 2 || (round < Rounds && Unreached.Count > 0); round++)
        {
            // After the second only those are tried that have not succeeded, and what makes something for them.
            var wanting = round < 2 ? null : Rpc.All.Where(rpc => Unreached.ContainsKey(rpc.FullName)).Select(rpc => rpc.AppId).ToHashSet();
            foreach (var rpc in Rpc.All.OrderBy(rpc => rpc.Deletes ? 3 : rpc.Verb == "List" ? 1 : rpc.Reads ? 2 : 0).Where(rpc => IsTried(rpc, wanting)))
                await TryAsync(rpc, prepares: round > 0 || !rpc.Deletes, cancellationToken);
            await installation.QuietAsync();
        }

        foreach (var rpc in Rpc.All.Where(rpc => rpc.Verb == "List"))
            await ListAsync(rpc, cancellationToken);
    }

    private bool IsTried(Rpc rpc, HashSet<string>? wanting)
    {
        var makes = rpc.Creates || rpc.Verb == "Set";
        return !company.Requests.ContainsKey(rpc.FullName) || (wanting is null ? makes || rpc.Reads : makes && wanting.Contains(rpc.AppId));
    }

    /// <summary>A new resource of the kind; null where no call makes one.</summary>
    public async Task<string?> FreshAsync(string resource, CancellationToken cancellationToken)
    {
        var before = company.LastId(resource);
        if (Rpc.All.FirstOrDefault(rpc => rpc.Creates && rpc.Resource == resource) is { } create)
            await FillAndCallAsync(create, cancellationToken, asBefore: true);
        return company.LastId(resource) is { } after && after != before ? after : null;
    }

    private async Task DefineAsync(string resource, CancellationToken cancellationToken)
    {
        var rpc = Rpc.All.Single(rpc => rpc.FullName == "platform.metadata.v1.FieldsService.CreateField");
        var request = new CreateFieldRequest { Field = new() { Resource = resource, Key = company.CustomField, Type = FieldType.LongText, Label = company.Text() } };
        await doors.MakeAsync(new Call(rpc, request, DoorOf(rpc), company.Token), cancellationToken);
    }

    private async Task DefineObjectAsync(CancellationToken cancellationToken)
    {
        var rpc = Rpc.All.Single(rpc => rpc.FullName == "platform.metadata.v1.ObjectTypesService.CreateObjectType");
        var request = new CreateObjectTypeRequest { ObjectType = new() { Key = company.ObjectKey, PluralKey = $"{company.ObjectKey}s", Label = company.Text(), PluralLabel = company.Text() } };
        await doors.MakeAsync(new Call(rpc, request, DoorOf(rpc), company.Token), cancellationToken);
    }

    private async Task TryAsync(Rpc rpc, bool prepares, CancellationToken cancellationToken)
    {
        if (rpc.IsForOperators)
        {
            await TryAsOutsiderAsync(rpc, cancellationToken);
            return;
        }

        if (!rpc.Reads && !rpc.Creates)
            await FreshAsync(rpc.Resource, cancellationToken);
        var answer = await FillAndCallAsync(rpc, cancellationToken);
        // What is not in the right state yet is brought there by another call upon it.
        var unmade = new HashSet<string>();
        foreach (var verb in answer.IsOk || !prepares ? [] : PreparationsOf(rpc))
        {
            if (unmade.Contains(verb.Resource) || (await FreshAsync(verb.Resource, cancellationToken) is null && unmade.Add(verb.Resource)))
                continue;
            if (!(await FillAndCallAsync(verb, cancellationToken, asBefore: true)).IsOk)
                continue;
            answer = await FillAndCallAsync(rpc, cancellationToken);
            if (answer.IsOk)
                break;
        }

        if (answer.IsOk)
            Unreached.Remove(rpc.FullName);
        else if (!company.Requests.ContainsKey(rpc.FullName))
            Unreached[rpc.FullName] = $"{answer.Code} {answer.Text}";
    }

    private async Task TryAsOutsiderAsync(Rpc rpc, CancellationToken cancellationToken)
    {
        var filler = company.Requests[rpc.FullName] = new Filler(company, rpc);
        var answer = await doors.MakeAsync(new Call(rpc, filler.Fill(rpc.Method.InputType), DoorOf(rpc), company.Token), cancellationToken);
        if (answer.Code != "PERMISSION_DENIED")
            Unreached[rpc.FullName] = $"It is for operators alone, and answered {answer.Code} {answer.Text}";
    }

    private static IEnumerable<Rpc> PreparationsOf(Rpc rpc) => Rpc.All.Where(other => other.AppId == rpc.AppId && other != rpc && !other.Reads && !other.Creates && (!other.Deletes || rpc.Verb == "Undelete")
        && (other.Resource == rpc.Resource || rpc.Method.InputType.Fields.InDeclarationOrder().Any(field => field.JsonName == $"{char.ToLowerInvariant(other.Resource[0])}{other.Resource[1..]}Id")))
        // What is converted is nothing to work with any more.
        .OrderBy(other => other.Verb == "Convert");

    // As it succeeded before, where it is only to make something; what has come meanwhile is left to the call's own turn.
    private async Task<Answer> FillAndCallAsync(Rpc rpc, CancellationToken cancellationToken, bool asBefore = false)
    {
        var known = (asBefore ? company.Requests.GetValueOrDefault(rpc.FullName) : null) ?? example?.Requests.GetValueOrDefault(rpc.FullName);
        var filler = known?.For(company) ?? new Filler(company, rpc);
        for (var guess = 0; ; guess++)
        {
            var request = filler.Fill(rpc.Method.InputType);
            var key = filler.TakesKey ? $"key-{Guid.NewGuid():N}" : null;
            var answer = await doors.MakeAsync(new Call(rpc, request, DoorOf(rpc), company.Token) { Headers = key is null ? [] : [("idempotency-key", key)] }, cancellationToken);
            if (answer.IsOk)
            {
                Keep(rpc, request, answer, filler, key);
                return answer;
            }

            var refusesKey = filler.TakesKey && answer.Text.Contains("IDEMPOTENCY_KEY_NOT_TAKEN", StringComparison.Ordinal);
            filler.TakesKey &= !refusesKey;
            if (guess == MaxGuesses || (!refusesKey && !answer.Violations.Any(filler.Refuse)))
                return answer;
        }
    }

    private void Keep(Rpc rpc, IMessage request, Answer answer, Filler filler, string? key)
    {
        company.Requests[rpc.FullName] = filler;
        // Also where it was made to prepare another call.
        Unreached.Remove(rpc.FullName);
        if (!rpc.Reads && key is not null)
            company.IdempotencyKeys.Add(key);
        foreach (var message in answer.Messages)
            company.Learn(rpc.FullName, message);
        if (rpc.Verb == "Bulk")
            company.Jobs[Text(answer.Messages.Single(), "id")] = rpc.Method.InputType.FindFieldByName("export")?.Accessor.GetValue(request) is not null;
        else if (rpc.Method.Name == "CancelBulkJob")
            company.Jobs.TryRemove(Text(request, "id"), out _);
        // The request's own ids, such as those of a source, are the company's as well.
        foreach (var leaf in Leaf.Of(request).Where(leaf => Guid.TryParse(leaf.Value, out _)))
            company.AllIds[Guid.Parse(leaf.Value)] = true;
    }

    private static string Text(IMessage message, string field) => (string)message.Descriptor.FindFieldByName(field).Accessor.GetValue(message);

    private static Door DoorOf(Rpc rpc) => rpc.IsPublic ? Door.GatewayGrpc : Door.ServiceGrpc;

    private async Task ListAsync(Rpc rpc, CancellationToken cancellationToken)
    {
        foreach (var size in (int[])[200, 1])
        {
            var request = rpc.Method.InputType.Parser.ParseFrom([]);
            rpc.Method.InputType.FindFieldByName("page_size")?.Accessor.SetValue(request, size);
            rpc.Method.InputType.FindFieldByName("object")?.Accessor.SetValue(request, $"{company.ObjectKey}s");
            foreach (var message in (await doors.MakeAsync(new Call(rpc, request, DoorOf(rpc), company.Token), cancellationToken)).Messages)
                company.Learn(rpc.FullName, message);
        }
    }
}
