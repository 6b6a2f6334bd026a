using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>The swap for the official package must compile: we offer nothing that it lacks.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What every type has of its own accord.</summary>
    private static readonly HashSet<string> Everywhere = ["ToString", "Equals", "GetHashCode", "PrintMembers", "Deconstruct", "EqualityContract"];

    [Fact]
    [Trait("only", "stand-in")]
    public void Every_public_member_is_one_of_the_official_package()
    {
        var official = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "official-api.txt")).ToHashSet(StringComparer.Ordinal);
        var ours = typeof(DaprWorkflowClient).Assembly.GetExportedTypes().SelectMany(Names).ToList();
        Assert.True(ours.Count > 150, "the public types were found");
        Assert.Empty(ours.Except(official));
    }

    private static IEnumerable<string> Names(Type type) => type.GetMembers(Declared)
        .Where(member => IsVisible(member) && member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
        .Select(NameOf)
        .Where(name => !Everywhere.Contains(name) && !name.StartsWith("op_", StringComparison.Ordinal) && !name.Contains('<', StringComparison.Ordinal)
            && !name.Contains('.', StringComparison.Ordinal) && name != "value__")
        .Select(name => $"{type.FullName}.{name}")
        .Prepend(type.FullName!);

    private static string NameOf(MemberInfo member) => member is ConstructorInfo ? "ctor" : member.Name;

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !(method.IsSpecialName && method is MethodInfo),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => accessor.IsPublic || accessor.IsFamily),
        FieldInfo field => field.IsPublic || field.IsFamily,
        _ => false,
    };
}
