using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Isolation.Tests.Contracts;
using Isolation.Tests.Oracle;
using Isolation.Tests.Seeding;

namespace Isolation.Tests.Attacks;

/// <summary>Puts what is B's into a request of A.</summary>
internal sealed class Mutation(Company a, Company b, Secrets secrets, Random random)
{
    private static readonly string[] Masks = ["*", "id", "tenant_id", "etag", "create_time", "update_time", "status", "company_id", "no_such_field"];

    /// <summary>Ids of B that went into the request's fields, but for those that A keeps as its own words.</summary>
    public HashSet<Guid> Said { get; } = [];

    /// <summary>Replaces one id by one of B's, of the same kind.</summary>
    public void ReplaceId(Leaf leaf, Rpc? rpc)
    {
        var kind = KindOf(leaf, rpc);
        var spoken = SpokenFields.All.ContainsKey($"{leaf.Owner.Descriptor.FullName}.{leaf.Field.Name}");
        if (spoken)
            leaf.Value = secrets.Bystander(kind);
        else
            Say(leaf, secrets.Victim(kind, random));
    }

    /// <summary>Replaces some of everything: ids, page tokens, queries, versions, masks, choices.</summary>
    public void ReplaceSome(IMessage request, Rpc rpc)
    {
        foreach (var leaf in Leaf.Of(request).ToList())
        {
            if (leaf.IsId && random.Next(2) == 0)
                ReplaceId(leaf, rpc);
            else if (leaf.IsCursor && random.Next(2) == 0)
                leaf.Value = leaf.Field.Name == "page_token" ? PageToken(rpc) ?? "" : secrets.Any(random);
            else if (rpc.Reads && leaf.Field.Name is "query" or "filter" or "order_by" && random.Next(2) == 0)
                leaf.Value = Query();
            else if (leaf.Field.Name == "etag" && random.Next(3) == 0)
                leaf.Value = b.Etags.IsEmpty ? "1" : b.Etags.Values.ElementAt(random.Next(b.Etags.Count));
        }

        foreach (var field in rpc.Method.InputType.Fields.InDeclarationOrder())
            ReplaceField(request, field);
    }

    /// <summary>The same request with ids that nobody has in the place of B's; one that stands twice still does.</summary>
    public IMessage Twin(IMessage request)
    {
        var twin = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
        var unknown = Said.ToDictionary(id => id, _ => $"{Guid.CreateVersion7()}");
        foreach (var leaf in Leaf.Of(twin).ToList())
        {
            if (Guid.TryParse(leaf.Value, out var id) && unknown.TryGetValue(id, out var other))
                leaf.Value = other;
        }

        return twin;
    }

    private void ReplaceField(IMessage request, FieldDescriptor field)
    {
        if (field is { FieldType: FieldType.Message, IsRepeated: false } && field.MessageType.FullName == FieldMask.Descriptor.FullName && random.Next(3) == 0)
            field.Accessor.SetValue(request, new FieldMask { Paths = { Masks[random.Next(Masks.Length)] } });
        else if (field.Name == "page_size" && random.Next(3) == 0)
            field.Accessor.SetValue(request, random.Next(2) == 0 ? 200 : 1);
        else if (field is { FieldType: FieldType.Enum, IsRepeated: false } && random.Next(4) == 0)
            field.Accessor.SetValue(request, System.Enum.ToObject(field.EnumType.ClrType, random.Next(field.EnumType.Values.Count)));
    }

    private void Say(Leaf leaf, string id)
    {
        leaf.Value = id;
        if (Guid.TryParse(id, out var said))
            Said.Add(said);
    }

    private string? PageToken(Rpc rpc) => b.PageTokens.GetValueOrDefault(rpc.FullName) ?? (b.PageTokens.IsEmpty ? null : b.PageTokens.Values.First());

    // Half a word of B's finds B's rows if anything does; nobody but B ever says a whole one.
    private string Query() => random.Next(6) switch
    {
        0 => b.Marker[..4],
        1 => "%",
        2 => "' OR '1'='1",
        3 => string.Create(CultureInfo.InvariantCulture, $"tenant_id = \"{secrets.Bystander("Tenant")}\""),
        4 => $"id = \"{secrets.Bystander(b.Ids.Keys.ElementAt(random.Next(b.Ids.Count)))}\"",
        _ => "*",
    };

    private string KindOf(Leaf leaf, Rpc? rpc)
    {
        if (a.Ids.Keys.FirstOrDefault(kind => a.IdsOf(kind).Contains(leaf.Value)) is { } known)
            return known;
        if (rpc is not null && leaf.Field.Name is "id" or "user_id")
            return leaf.Owner.Descriptor == rpc!.Method.InputType ? rpc.Resource : leaf.Owner.Descriptor.Name;
        var words = leaf.Field.Name.Split('_')[..^1];
        return Enumerable.Range(0, words.Length).Select(i => string.Concat(words[i..].Select(word => char.ToUpperInvariant(word[0]) + word[1..]))).FirstOrDefault(b.Ids.ContainsKey) ?? "";
    }
}
