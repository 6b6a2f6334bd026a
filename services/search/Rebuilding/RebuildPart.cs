using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Platform.Search.Rebuilding;

/// <summary>One type of records of a rebuild.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Plural">Of a company's own object, its name in addresses; otherwise empty.</param>
/// <param name="ReadCount">How many were read.</param>
/// <param name="PageToken">Where to go on.</param>
/// <param name="Done">All were read.</param>
internal sealed record RebuildPart(string Type, string Plural = "", long ReadCount = 0, string PageToken = "", bool Done = false);

/// <summary>The parts as JSON.</summary>
internal sealed class RebuildPartsConverter() : ValueConverter<List<RebuildPart>, string>(
    parts => JsonSerializer.Serialize(parts, JsonSerializerOptions.Default), text => JsonSerializer.Deserialize<List<RebuildPart>>(text, JsonSerializerOptions.Default)!);

/// <summary>The list is replaced, never changed.</summary>
internal sealed class RebuildPartsComparer() : ValueComparer<List<RebuildPart>>((left, right) => ReferenceEquals(left, right), parts => parts.Count, parts => parts);
