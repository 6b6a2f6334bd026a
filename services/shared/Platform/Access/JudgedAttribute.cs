namespace Platform.Access;

/// <summary>What the platform makes of a record by rules of the company, as <see cref="ResourceInfo.Judged"/> names it: that it changes is not the doing of whoever writes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JudgedAttribute : Attribute;
