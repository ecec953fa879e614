/** Short English words that are easy to read out and to type. */
export const passwordWords = `
  acorn amber apple april arrow aspen badge baker bamboo banjo barley basil beach berry birch bison blaze
  bloom board boat bolt book brave bread brick bridge brook brush cabin cable cactus camel canal candle
  canoe carrot castle cedar chalk cherry chess cider circle clay cliff cloud clover coast cobalt cocoa
  comet copper coral cotton cousin crane cricket crown crystal daisy dance dawn delta denim desert diamond
  dingo dolphin donkey dragon drum eagle early earth easel echo elbow elder ember emerald engine envoy
  fable falcon farmer feather fern ferry fiddle field finch flame flint flute forest fossil fox frost
  galaxy garden garlic gecko ginger glacier globe grape gravel green guitar hammer harbor harvest hazel
  hedge helmet heron hill honey horizon island ivory ivy jacket jade jasmine jewel jungle juniper kayak
  kettle kite ladder lagoon lake lantern laurel lemon lentil library light lily linen lion lizard lotus
  lunar magnet mango maple marble marsh meadow melon meteor mint mirror monsoon moon moss mountain museum
  nectar needle night north nutmeg oak oasis ocean olive onion opal orange orbit orchid otter owl oyster
  paint palm panda paper parrot pasta peach pebble pepper piano pilot pine planet plum pocket polar pond
  poplar potato prairie puzzle quail quartz quilt rabbit radio rain raven reef ribbon river robin rocket
  rose ruby saddle saffron sage sail salmon sand scarf school seal shadow shell silver sky slate snow sofa
  solar spark spice spring spruce star stone storm straw sugar summer sunny swan table tango teal temple
  thunder tiger timber toast tomato topaz tower train tulip tunnel turtle valley vanilla velvet violet
  violin walnut water whale wheat willow window winter wolf wood wool yellow zebra zephyr
`
  .trim()
  .split(/\s+/);
