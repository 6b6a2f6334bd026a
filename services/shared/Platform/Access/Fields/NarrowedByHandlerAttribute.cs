namespace Platform.Access.Fields;

/// <summary>
/// A list whose answer can have records of several kinds and has those of one, which only its handler knows: it looks at the rules of that
/// kind by <see cref="CallerFields.CheckNarrowing"/>, and no rule of another kind is in the way.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NarrowedByHandlerAttribute : Attribute;
