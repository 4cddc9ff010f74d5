#!/usr/bin/env perl
# Every code that a finding can have is made to appear by some test: those of entries
# by the corpus of broken files or its companions, those of networks by any test.
use strict;
use warnings;
use Cwd;
use File::Temp 'tempdir';
use FindBin;
$ENV{TELAR} = Cwd::abs_path($ENV{TELAR}) if $ENV{TELAR};
chdir "$FindBin::Bin/../.." or die;

sub slurp { local (@ARGV, $/) = @_; return join '', map { scalar <> } @_ ? 1 .. @_ : () }

# Codes stand as words of their own among what these functions are given.
my %codes;
for my $file (glob('data/*.c data/yaml/*.c data/workspace/*.c')) {
	my $text = slurp($file);
	while ($text =~ /\b(?:at_value|say|refuse|source_finding|findings_add|complain|note)\s*\(((?:[^;"]|"(?:[^"\\]|\\.)*")*?)\);/gs) {
		my $given = $1;
		$given =~ s/_\((?:[^()"]|"(?:[^"\\]|\\.)*"\s*)*\)//g; # messages
		$codes{$1} = $file while $given =~ /"([a-z][a-z-]*)"/g;
	}
	# explain.c's table, form_code()
	$codes{$1} = $file while $text =~ /\b(?:true|false), "([a-z][a-z-]*)",/g;
	if ($text =~ /char \*form_code\(.*?\n\{(.*?)\n\}/s) {
		my $body = $1;
		$codes{$1} = $file while $body =~ /return "([a-z-]+)"/g;
	}
}

# What the program says of a network with a broken file, a stray one and what a crash left.
sub said {
	my $telar = $ENV{TELAR} or die "say which binary to test: TELAR=build/release/telar\n";
	my $folder = tempdir(CLEANUP => 1);
	my $run = sub { return scalar `LC_ALL=C.UTF-8 LANGUAGE= $telar @_ 2>&1` };
	my $said = $run->("generate $folder/net --institutions 3 --territories 1");
	open my $broken, '>', "$folder/net/institutions/i000002.yaml" or die;
	print $broken "id: i000002\nname: [\n";
	close $broken;
	$said .= $run->("-N $folder/net set i000001 city=Lima"); # the store knows of it
	for my $name ('readme.txt', '.x.yaml.telar-12345678', '.x.yaml.telar-=1234567') {
		open my $file, '>', "$folder/net/institutions/$name" or die;
		close $file;
	}
	for my $command ('check', 'doctor') {
		$said .= $run->("-N $folder/net $command");
	}
	return $said;
}

# "read" wants a disk that fails in the middle of a file.
my %elsewhere = (read => 1);
my $corpus = slurp(glob('tests/corpus/broken/*/findings tests/corpus/broken-fields.txt tests/unit/data_broken*.c tests/unit/data_record.c'));
my $any = slurp(glob('tests/unit/*.c tests/cli/*.t tests/screen/*/*')) . said();
my ($n, @missing) = (0);
for my $code (sort keys %codes) {
	my $where = $codes{$code} =~ m{^data/workspace/} ? $any : $corpus;
	$n++;
	next if $elsewhere{$code} || $where =~ /\[\Q$code\E\]|"\Q$code\E"/;
	push @missing, "$code ($codes{$code})";
}
print "1..2\n";
print $n >= 30 ? '' : 'not ', "ok 1 - codes were found in the sources ($n)\n";
print @missing ? 'not ' : '', "ok 2 - every code has a case\n";
print "# no case: $_\n" for @missing;
